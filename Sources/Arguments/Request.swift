/// What a command line asks for; `path` holds the names of commands below the program's own.
public enum Request: Sendable, Equatable {
    /// Run the command, which is `spec`.
    case run(path: [String], spec: CommandSpec, ParsedArguments)
    /// Show the help of the command.
    case help(path: [String], spec: CommandSpec)
    /// Show the version.
    case version
}
