internal import YAML

/// A boot and what is expected of it.
public struct Scenario: Sendable {
    /// What is started.
    public enum Target: String, Sendable {
        /// Xen, with the domains that the device tree describes.
        case xen
        /// A kernel.
        case linux
    }

    /// How the boot script comes to U-Boot.
    public enum BootPath: Sendable, Equatable {
        /// As a script image that is loaded and sourced.
        case script
        /// In a FIT with everything else.
        case fit(isSigned: Bool)
    }

    /// What decides about the boot.
    public enum Plan: Sendable {
        /// ImageBuilder's config: its path, or nil for one that stands in the scenario, and its text.
        case config(path: String?, text: [UInt8])
        /// A boot script of the user's.
        case script(path: String)
    }

    /// Something that is typed.
    public struct Step: Sendable {
        /// The line without its end.
        public var line: String
        /// Who it is for; nil for U-Boot before it starts the script.
        public var domain: String?
        /// What the domain must have written before; nil for nothing.
        public var after: LinePattern?
    }

    /// How long nothing may happen.
    public struct Limits: Sendable, Equatable {
        /// Seconds without any text.
        public var silence = 60
        /// Seconds of a kernel's own clock.
        public var guest = 300
        /// Seconds in all.
        public var wall = 1800
        /// MiB that one may write while nothing happens that is awaited.
        public var text = 1
    }

    /// The machine where it differs from the board's.
    public struct Machine: Sendable, Equatable {
        /// RAM in MiB.
        public var memory = 2048
        /// Processors.
        public var processorCount = 2
        /// The version of the interrupt controller.
        public var interruptController = 2
    }

    /// The name: the folder, or the file without its ending.
    public var name: String
    /// The file.
    public var path: String
    /// What is typed to run it: its name where that is found, otherwise a path.
    public var reference: String
    /// For people; may be empty.
    public var summary: String
    /// Words to choose it by.
    public var tags: [String]
    /// The board's name or file.
    public var board: String
    /// What is started.
    public var target: Target
    /// The release of Xen that the file asks for, such as `4.17`; nil for any.
    public var hypervisorRelease: String?
    /// The machine.
    public var machine: Machine
    /// The artifact that is the firmware; nil for the board's own.
    public var firmware: String?
    /// The files by the names under which they are served, in the order of the file.
    public var artifacts: [(name: String, source: ArtifactSource)]
    /// What decides about the boot.
    public var plan: Plan
    /// How the script comes to U-Boot.
    public var boot: BootPath
    /// What is typed.
    public var steps: [Step]
    /// What is expected, by domain in the order of the file.
    public var expectations: [(domain: String, list: [Expectation])]
    /// How long nothing may happen.
    public var limits: Limits
    /// Whether the hand-off can be looked at with a catcher.
    public var canCrossCheck: Bool

    /// The folder that names in the file are relative to.
    public var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// A file that the scenario names, relative to its folder or from the root.
    func beside(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

    /// The largest scenario file, in bytes.
    public static let byteLimit = 1 << 20

    /// Reads a scenario from the text of its file.
    public init(text: [UInt8], path: String, name: String) throws(ScenarioError) {
        let file: ScenarioFile
        do {
            file = try YAMLDecoder(file: path).decode(ScenarioFile.self, from: text)
        } catch {
            throw ScenarioError(error)
        }
        self.name = name
        self.path = path
        reference = path
        summary = file.description ?? ""
        tags = file.tags ?? []
        board = file.board?.value ?? "qemu-arm64-virt"
        target = file.target == .linux ? .linux : .xen
        hypervisorRelease = file.target?.hypervisorRelease
        machine = try file.machineValue()
        limits = try file.limitsValue()
        artifacts = file.artifacts.entries.map { ($0.key, $0.value) }
        boot =
            switch file.boot?.value ?? .tftp {
            case .tftp: .script
            case .fit: .fit(isSigned: false)
            case .signedFIT: .fit(isSigned: true)
            }
        canCrossCheck = file.crossCheck ?? true
        firmware = file.firmware?.value
        plan = try file.planValue()
        steps = try file.stepValues()
        expectations = try file.expectationValues()
        try file.checkNames()
    }
}

/// What is wrong with a scenario.
public struct ScenarioError: Error, Sendable, Equatable, CustomStringConvertible {
    /// `FILE:LINE:COLUMN: PATH: what is wrong`, or without the place where no line is at fault.
    public var description: String

    init(_ error: YAMLError) {
        description = "\(error)"
    }

    init(_ place: SourcePlace, _ message: String) {
        self.init(place.error(message))
    }

    /// An error without a place.
    public init(_ description: String) {
        self.description = description
    }
}
