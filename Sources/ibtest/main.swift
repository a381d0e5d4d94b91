import Arguments
import Glibc

signal(SIGPIPE, SIG_IGN)
exit(Tool(standardOutput: .standardOutput, standardError: .standardError).run(Array(CommandLine.arguments.dropFirst())))
