from argparse import ArgumentParser

from sync.simulator.arguments import add_arguments
from sync.simulator.process import start

parser = ArgumentParser(prog="oracle_simulator")
add_arguments(parser)
start(parser.parse_args())
