from sync.oracle.simulator.command_line import parser, start

start(parser().parse_args())
