/// The word in front of a part of a construct, which decides when that part runs.
enum ReservedWord: String, CaseIterable {
    case `if`, then, elif, `else`, fi, `for`, `while`, until, `in`, `do`, done

    /// The words that may come next in the same construct.
    var successors: [ReservedWord] {
        switch self {
        case .if: [.then]
        case .then: [.elif, .else, .fi]
        case .elif: [.then]
        case .else: [.fi]
        case .for: [.in]
        case .while, .until: [.do]
        case .in: [.do]
        case .do: [.done]
        case .fi, .done: []
        }
    }

    /// Whether the word begins a construct.
    var isStart: Bool { self == .if || self == .for || self == .while || self == .until }
    /// Whether the word ends a construct.
    var isEnd: Bool { self == .fi || self == .done }
}

/// The part of a construct that a command belongs to.
enum Role: Equatable {
    /// None: it stands by itself.
    case plain
    /// The part behind this word.
    case part(ReservedWord)
    /// What follows a reserved word in a wrong place, where that does not end the line.
    case invalid

    /// Whether U-Boot looks for Ctrl-C here: where a round of a loop begins.
    var isLoopHead: Bool { self == .part(.while) || self == .part(.until) || self == .part(.for) }
}

/// Commands in the order in which the shell comes to them.
///
/// There is one more, empty, step at the end, as U-Boot has it.
struct CommandList {
    var steps: [Step]

    /// One command or construct, with its role in the construct around it.
    struct Step {
        var role: Role
        var connector: Connector
        var body: Body
    }

    /// What a step does.
    indirect enum Body {
        case nothing
        case command(CommandNode)
        case construct(CommandList)
    }
}

/// A command with its arguments, before values are put in.
final class CommandNode {
    var words: [Word]
    /// How many references are thought to be left; 0 means that the words are used as they are.
    ///
    /// U-Boot counts down, also below zero, for assignments in front of a command each time the command runs, so that
    /// one round of a loop can differ from the others.
    var references: Int
    let place: ScriptPlace

    init(words: [Word], references: Int, place: ScriptPlace) {
        self.words = words
        self.references = references
        self.place = place
    }
}
