public import UBoot

/// Why a config cannot be read: the first thing in it that is no assignment, or that cannot be worked out.
public struct ConfigError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Reason: Sendable, Equatable {
        /// A command, with the word that names it; `isSpacedAssignment` where it looks like `KEY = value`.
        case command(String, isSpacedAssignment: Bool)
        /// A word of the shell's own grammar, such as `if`.
        case controlFlow(String)
        /// The beginning of a function.
        case function(String)
        /// `$( … )` or backticks.
        case commandSubstitution
        /// `<` or `>`.
        case redirection
        /// An operator between commands, such as `&&`.
        case connector(String)
        /// Something that the shell would replace: a pattern, braces or a tilde.
        case expansion(String)
        /// A `${…}` of a form that is not read.
        case reference(String)
        /// A variable that only a running shell has.
        case shellVariable(String)
        /// A quote, brace or parenthesis without its end.
        case unclosed(String)
        /// A NUL byte.
        case nul
        /// An index that is no number, or none that an array can have.
        case index(String)
        /// Arithmetic that cannot be worked out.
        case arithmetic(String)
        /// A name that `export` does not take.
        case export(String)
        /// Values that refer to each other too deeply, or that are too long.
        case limit(String)
        /// An assignment to a name that the shell keeps for itself.
        case readOnly(String)
    }

    /// What is wrong.
    public var reason: Reason
    /// Where.
    public var place: ScriptPlace

    init(_ reason: Reason, at place: ScriptPlace) {
        self.reason = reason
        self.place = place
    }
}

extension ConfigError: CustomStringConvertible {
    private static let shellHint = "configs are read, not run; --allow-shell runs one in bash"

    /// The sentence without the place.
    public var description: String {
        switch reason {
        case .command(let word, isSpacedAssignment: true):
            "expected an assignment, found the command '\(word)'; no blank may stand before or behind '='"
        case .command(let word, isSpacedAssignment: false):
            "expected an assignment, found the command '\(word)'; \(Self.shellHint)"
        case .controlFlow(let word): "expected an assignment, found '\(word)'; \(Self.shellHint)"
        case .function(let name): "expected an assignment, found the function '\(name)'; \(Self.shellHint)"
        case .commandSubstitution: "expected a value, found a command substitution; \(Self.shellHint)"
        case .redirection: "expected an assignment, found a redirection; quote '<' and '>' in values"
        case .connector(let text): "expected a line feed or ';', found '\(text)'; quote it in values"
        case .expansion(let text): "expected a value, found \(text), which a shell would replace; quote it"
        case .reference(let text):
            "expected ${NAME}, ${NAME[INDEX]} or ${NAME:-DEFAULT}, found '\(text)'; \(Self.shellHint)"
        case .shellVariable(let name): "expected a variable of the config, found '$\(name)', which only a shell has"
        case .unclosed(let text): "expected the end of what \(text) begins here, found the end of the file"
        case .nul: "expected text, found a NUL byte"
        case .index(let text): "expected an index from 0 to 1048575, found '\(text)'"
        case .arithmetic(let text): text
        case .export(let text): "expected 'export NAME' or 'export NAME=VALUE', found '\(text)'"
        case .limit(let text): text
        case .readOnly(let name): "expected a key, found '\(name)', which the shell keeps for itself"
        }
    }
}
