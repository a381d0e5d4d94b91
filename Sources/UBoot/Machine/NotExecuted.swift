/// A word that was called and did not do what it does elsewhere.
public struct NotExecuted: Sendable, Codable, Equatable {
    /// The command's name, or the word as it was written where the board has no such command.
    public var word: String
    /// Why: `unknown`, `ignored`, `unavailable` or `unsimulated`.
    public var reason: CommandRecord.Outcome
    /// How often.
    public var count: Int
    /// The first place.
    public var place: ScriptPlace
}

extension BootRecord {
    /// The commands that were not executed, in the order of their first places.
    public var notExecuted: [NotExecuted] {
        var list: [NotExecuted] = []
        for command in commands {
            switch command.outcome {
            case .done, .usage: continue
            case .unknown, .ignored, .unavailable, .unsimulated: break
            }
            // A subcommand that is not there belongs to the word before it.
            let written = command.words.prefix(command.outcome == .unavailable ? 2 : 1).map(\.display)
            let word = command.outcome == .unsimulated ? command.name ?? written[0] : written.joined(separator: " ")
            if let index = list.firstIndex(where: { $0.word == word && $0.reason == command.outcome }) {
                list[index].count += 1
            } else {
                list.append(NotExecuted(word: word, reason: command.outcome, count: 1, place: command.place))
            }
        }
        return list
    }
}
