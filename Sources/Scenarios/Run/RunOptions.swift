public import Emulation

/// How scenarios are run.
public struct RunOptions: Sendable, Equatable {
    /// How many boot at the same time.
    public var jobs = 1
    /// Whether no more are started after one that did not pass.
    public var failsFast = false
    /// Whether the hand-off is compared with the simulation.
    public var crossChecks = false
    /// Whether the served files stay after a boot that passed.
    public var keepsFiles = false
    /// What executes the guest's instructions.
    public var accelerator = VirtualMachine.Accelerator.tcg
    /// The log of the serial line of a boot, which is judged instead of a machine.
    public var log: [UInt8]?
    /// Whether a person sits at the serial line: their keys go there, its text comes to them.
    public var attaches = false

    /// One after the other, under QEMU alone.
    public init() {}
}

/// What is told while a scenario runs.
public enum RunEvent: Sendable, Equatable {
    /// A phase begins, so many seconds after the machine was let go.
    case phase(String, Double)
    /// An expected text came.
    case seen(domain: String, text: String, Double)
}

/// Who listens to scenarios that run; each is told the scenario's name first.
public struct RunListener {
    /// A scenario is started.
    public var started: (String) -> Void = { _ in }
    /// Something happens.
    public var happened: (String, RunEvent) -> Void = { _, _ in }
    /// Somebody wrote a line: who, and which.
    public var wrote: (String, String, LogLine) -> Void = { _, _, _ in }
    /// Bytes of the serial line.
    public var heard: (String, [UInt8]) -> Void = { _, _ in }
    /// A scenario is over.
    public var finished: (RunResult) -> Void = { _ in }

    /// Nobody.
    public init() {}
}
