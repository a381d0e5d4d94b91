public import UBoot

/// A line of a boot script, and the assignment that it comes from.
public struct ScriptLine: Sendable, Equatable {
    /// What a line does.
    public enum Kind: Sendable, Equatable {
        /// Loads the file of this number in the plan.
        case load(Int)
        /// Programs the FPGA, edits the tree or prepares the boot.
        case other
        /// Starts the kernel.
        case boot
    }

    /// The bytes without the line feed.
    public var text: [UInt8]
    /// What it does.
    public var kind: Kind
    /// The key, as it is written; nil for lines that every script has.
    public var key: String?
    /// The assignment.
    public var place: ScriptPlace?
    /// Whether a line feed follows.
    public var isEnded = true
}

/// A boot script.
public struct BootScript: Sendable, Equatable {
    /// The lines.
    public var lines: [ScriptLine] = []

    /// The whole text.
    public var text: [UInt8] { lines.flatMap { $0.isEnded ? $0.text + [10] : $0.text } }
}

extension BootScript {
    /// The line of a number from 1; nil if there is none.
    public func line(_ number: Int) -> ScriptLine? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }
}
