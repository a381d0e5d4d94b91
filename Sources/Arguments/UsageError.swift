internal import NearestName

/// A command line that its command does not understand.
public struct UsageError: Error, Sendable, Equatable {
    /// The kinds of mistakes; options are named as typed or, when absent, by their long form.
    public enum Reason: Sendable, Equatable {
        /// An option that is none; `known` holds the long forms valid there.
        case unknownOption(String, known: [String])
        /// A command that is none.
        case unknownCommand(String, known: [String])
        /// The commands of which one must be named.
        case missingCommand(known: [String])
        /// An option without the value it needs; `skipped` is the following word if it is an option itself.
        case missingValue(option: String, placeholder: String, skipped: String?)
        /// A value for an option that takes none.
        case unexpectedValue(option: String, value: String)
        /// A value that is no integer or not in the range.
        case notANumber(option: String, value: String, range: ClosedRange<Int>)
        /// A value that is none of the choices.
        case notAChoice(option: String, value: String, choices: [String])
        /// An option a second time that must come once.
        case repeatedOption(String)
        /// A required option is absent.
        case missingOption(String, placeholder: String?)
        /// A required operand is absent.
        case missingOperand(String)
        /// A word too many.
        case unexpectedOperand(String)
        /// What the command itself found wrong, such as two options that exclude each other.
        case invalid(String)
    }

    /// What is wrong.
    public var reason: Reason
    /// The command as far as it was understood, without the program's name.
    public var path: [String]
    /// `usage: ibtest run [options] SCENARIO...`.
    public var usageLine: String
}

extension UsageError: CustomStringConvertible {
    /// What is wrong, on one line.
    public var description: String {
        let sentence =
            switch reason {
            case .unknownOption(let option, let known): "unknown option '\(option)'" + suggestion(option, known)
            case .unknownCommand(let name, let known):
                "unknown command '\(name)'" + (suggestion(name, known) ?? ", known commands: \(list(known))")
            case .missingCommand(let known): "expected a command: \(list(known))"
            case .missingValue(let option, let placeholder, let skipped): missingValue(option, placeholder, skipped)
            case .unexpectedValue(let option, let value): "option '\(option)' takes no value, got '\(value)'"
            case .notANumber(let option, let value, let range):
                "option '\(option)' expects a number\(bounds(range)), got '\(value)'"
            case .notAChoice(let option, let value, let choices):
                "option '\(option)' expects \(list(choices)), got '\(value)'" + suggestion(value, choices)
            case .repeatedOption(let option): "option '\(option)' may be given only once"
            case .missingOption(let option, let placeholder):
                "missing option '\(option)\(placeholder.map { " " + $0 } ?? "")'"
            case .missingOperand(let name): "missing operand \(name)"
            case .unexpectedOperand(let word): "unexpected operand '\(word)'"
            case .invalid(let sentence): sentence
            }
        return sentence.map { $0.isNewline ? " " : String($0) }.joined()
    }

    private func missingValue(_ option: String, _ placeholder: String, _ skipped: String?) -> String {
        let sentence = "option '\(option)' expects a value \(placeholder)"
        guard let skipped else { return sentence }
        let joined = option.hasPrefix("--") ? "\(option)=\(skipped)" : "\(option)\(skipped)"
        return sentence + ", write '\(joined)' if '\(skipped)' is meant"
    }

    private func bounds(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): ""
        case (let low, .max): " from \(low) up"
        case (.min, let high): " up to \(high)"
        case (let low, let high): " from \(low) to \(high)"
        }
    }

    private func suggestion(_ name: String, _ known: [String]) -> String? {
        nearestName(to: name, among: known).map { ", did you mean '\($0)'?" }
    }

    private func suggestion(_ name: String, _ known: [String]) -> String { suggestion(name, known) ?? "" }

    private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
