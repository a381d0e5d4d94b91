extension CommandSpec {
    /// `usage: ibtest run [options] --board FILE SCENARIO...` for the command below this one that `path` names.
    public func usageLine(path: [String]) -> String {
        let chain = chain(path)
        let command = chain.last ?? self
        var words = ["usage:"] + chain.map(\.name)
        words.append("[options]")
        for option in chain.flatMap(\.options) where option.required {
            words.append(([option.typed] + (option.placeholder.map { [$0] } ?? [])).joined(separator: " "))
        }
        words += command.operands.map(\.usage)
        if !command.subcommands.isEmpty { words.append(command.operands.isEmpty ? "COMMAND" : "[COMMAND]") }
        return words.joined(separator: " ")
    }

    /// The help page of the command below this one that `path` names; ends in a newline, `width` is in characters.
    public func helpText(path: [String], width: Int) -> String {
        let chain = chain(path)
        let command = chain.last ?? self
        var page = HelpPage(width: max(width, 40))
        page.paragraph(usageLine(path: path), hanging: "  ")
        page.gap()
        page.paragraph(command.abstract)
        for paragraph in command.discussion.split(separator: "\n\n") {
            page.gap()
            page.paragraph(String(paragraph))
        }
        let inherited = chain.dropLast().reversed().flatMap(\.options).filter { !command.hides($0) }
        let builtin = builtinOptions(chain)
        let common = inherited + builtin
        let isSplit = !inherited.isEmpty && !command.options.isEmpty
        let sections = [
            ("operands", command.operands.map { ($0.usage, $0.help) }),
            ("options", (isSplit ? command.options : command.options + common).map { ($0.label, $0.explanation) }),
            ("common options", (isSplit ? common : []).map { ($0.label, $0.explanation) }),
            ("commands", command.subcommands.map { ($0.name, $0.abstract) }),
        ]
        let widest = sections.flatMap(\.1).map(\.0.count).filter { $0 <= HelpPage.widestLabel }.max() ?? 0
        for (title, rows) in sections where !rows.isEmpty { page.section(title, rows, labelWidth: widest) }
        if !command.subcommands.isEmpty {
            page.gap()
            page.paragraph("'\(chain.map(\.name).joined(separator: " ")) help COMMAND' tells more about one of them")
        }
        page.examples(command.examples)
        return page.text
    }

    /// `--help` and `--version` as far as the commands have none of their own.
    private func builtinOptions(_ chain: [CommandSpec]) -> [OptionSpec] {
        let own = chain.flatMap(\.options)
        var help = OptionSpec.help
        if own.contains(where: { $0.short == help.short }) { help.short = nil }
        return [help, .version].filter { option in !own.contains { $0.long == option.long } }
    }

    /// An option above that one of this command's own takes the place of.
    private func hides(_ other: OptionSpec) -> Bool {
        options.contains { $0.name == other.name }
    }
}

extension OptionSpec {
    /// `-b, --board FILE`, aligned whether or not there is a short name.
    fileprivate var label: String {
        let names =
            switch (short, long) {
            case (let short?, let long?): "-\(short), --\(long)"
            case (let short?, nil): "-\(short)"
            case (nil, let long?): "    --\(long)"
            case (nil, nil): ""
            }
        return placeholder.map { "\(names) \($0)" } ?? names
    }

    /// The help with what the parser checks.
    fileprivate var explanation: String {
        var notes: [String] = []
        if case .choice(_, let choices) = value { notes.append(choices.joined(separator: ", ")) }
        if required { notes.append("required") }
        if repeats { notes.append("may be repeated") }
        return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
    }
}
