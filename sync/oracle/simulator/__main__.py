from sync.oracle.simulator.arguments import parser
from sync.oracle.simulator.process import start

start(parser().parse_args())
