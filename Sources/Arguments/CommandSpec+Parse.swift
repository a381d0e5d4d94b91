extension CommandSpec {
    /// What `argv`, without the program's name, asks for; prints nothing and exits nowhere.
    ///
    /// Options may stand before, between and after operands and below the command that declares them, until `--`.
    /// `-h`, `--help`, `--version` and `help COMMAND` win over any mistake elsewhere on the line.
    /// An option takes the next word as its value even if it begins with `-`, unless that word is a long option valid
    /// there, or the value must be a number or a choice and the word is none: `--option=--word` always works.
    public func parse(_ argv: [String]) throws(UsageError) -> Request {
        var reader = ArgumentReader(root: self, words: argv)
        return try reader.read()
    }

    /// For what a command finds wrong after parsing; `sentence` is lower case, without a full stop.
    public func usageError(_ sentence: String, path: [String]) -> UsageError {
        UsageError(reason: .invalid(sentence), path: path, usageLine: usageLine(path: path))
    }
}
