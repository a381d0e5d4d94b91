internal import Boards
internal import BootImages
internal import DeviceTree
internal import Emulation
internal import FoundationEssentials
internal import Glibc
internal import ImageBuilder
internal import UBoot
internal import Verifier

/// A scenario made ready: the files lie in the folder that is served, and the simulation has said its part.
struct PreparedBoot {
    /// The folder that U-Boot loads from.
    var served: String
    var machine: VirtualMachine
    /// What is typed at U-Boot's prompt; the last line starts the boot.
    var lines: [String]
    /// The script's domains by the numbers that Xen gives them; Dom0, or a kernel alone, is number 0.
    var names: [Int: String]
    var payload: SerialSplitter.Payload
    /// Whether the simulation comes to a hand-off.
    var isHandedOff: Bool
    var files: [(name: String, file: StoredFile)]
    var findings: [Simulated]
    /// The names of files that the simulation, too, did not find; nil if it did not come to a hand-off.
    var expectedFailures: Set<String>?

    /// A finding of the simulation.
    struct Simulated: Sendable, Equatable, Codable {
        var rule: String
        var severity: String
        var message: String
        var place: String?
        var fix: String?
    }
}

/// Why a scenario cannot be started.
struct PreparationError: Error {
    /// The class of the failure.
    var kind: FailureKind
    var message: String
}

/// Makes scenarios ready.
struct BootPreparation {
    let scenario: Scenario
    let provider: ArtifactProvider
    /// The folder for the served files, which is made anew.
    let served: String
    /// Whether a catcher stands in the place of what is started.
    var hasCatcher = false
    var accelerator = VirtualMachine.Accelerator.tcg

    /// The files where U-Boot finds them, and the machine.
    struct Placed {
        var files: [(name: String, file: StoredFile)]
        var machine: VirtualMachine
    }

    func prepare() throws(PreparationError) -> PreparedBoot { try complete(try place()) }

    /// The machine, where it is known before anything is made ready; nil where the firmware or its tree is still to come.
    func machineAtOnce() -> VirtualMachine? {
        guard scenario.firmware == nil, scenario.boot != .fit(isSigned: true) else { return nil }
        var machine = self.machine
        machine.firmware = provider.readyFirmware(of: scenario)
        return machine.firmware == nil ? nil : machine
    }

    /// The machine without its firmware.
    private var machine: VirtualMachine {
        var machine = scenario.machine.virtualMachine
        machine.accelerator = accelerator
        machine.network = .init(folder: served)
        return machine
    }

    /// The first half: the files, and the machine but for a tree that the second half makes.
    func place() throws(PreparationError) -> Placed {
        let files: [(name: String, file: StoredFile)]
        var machine = self.machine
        do throws(ArtifactError) {
            files = try provider.files(of: scenario)
            Folders.remove(served)
            try provider.place(files, in: served)
            if let name = scenario.firmware, let file = files.first(where: { $0.name == name }) {
                machine.firmware = file.file.path
            } else {
                machine.firmware = try provider.firmware(of: scenario).path
            }
        } catch {
            throw PreparationError(kind: error.isUsage ? .usage : .artifact, message: "\(error)")
        }
        return Placed(files: files, machine: machine)
    }

    /// The second half: what is made of the config, and what the simulation says.
    func complete(_ placed: Placed) throws(PreparationError) -> PreparedBoot {
        let (files, machine) = (placed.files, placed.machine)
        let board = try self.board()
        var boot: PreparedBoot
        switch scenario.plan {
        case .config(let path, let text): boot = try build(path, text, board, machine, files)
        case .script(let path): boot = try run(path, board, machine, files)
        }
        boot.lines =
            ["setenv autoload no", "dhcp"] + scenario.steps.filter { $0.domain == nil }.map(\.line) + boot.lines
        return boot
    }

    private func board() throws(PreparationError) -> Board {
        do {
            var board = try Board.named(scenario.board, in: Board.searchFolders())
            let size = board.description.banks.filter { $0.kind == .ram }.reduce(0) { $0 + $1.range.size }
            guard size == UInt64(scenario.machine.memory) << 20 else {
                throw PreparationError(
                    kind: .usage,
                    message:
                        "the board \(board.name) has \(size >> 20) MiB of RAM, the machine \(scenario.machine.memory)")
            }
            if let tree = scenario.machine == Scenario.Machine() ? nil : scenario.machineTree {
                board = try board.with(controlTree: "\(served)/\(tree)")
            }
            return board
        } catch let error as PreparationError {
            throw error
        } catch {
            throw PreparationError(kind: .usage, message: "\(error)")
        }
    }

    // MARK: Configs

    private func build(
        _ path: String?, _ text: [UInt8], _ board: Board, _ machine: VirtualMachine,
        _ files: [(name: String, file: StoredFile)]
    ) throws(PreparationError) -> PreparedBoot {
        let (config, started, name) = try config(path, text)
        if hasCatcher { try placeCatcher(started) }
        let simulation = PlanSimulation(board.description, isGeneric: false)
        var options = BuildOptions()
        options.folder = served
        options.loadCommand = "tftp"
        options.ram = board.description.banks.filter { $0.kind == .ram }.map {
            ConfigRegion(start: $0.range.start.value, size: $0.range.size)
        }
        options.reserved = board.description.reserved.map { ConfigRegion(start: $0.start.value, size: $0.size) }
        var machine = machine
        if case .fit(let isSigned) = scenario.boot {
            options.makesFIT = true
            if isSigned, let key = scenario.keyName {
                options.keyHint = key
                options.controlTree = scenario.machineTree
                machine.deviceTree = scenario.machineTree.map { "\(served)/\($0)" }
            }
        }
        let result = Builder.build(config, options, simulation: simulation)
        guard !result.hasError else {
            let lines = result.findings.filter { $0.severity == .error }.map { finding in
                "\(finding.place.map { "\($0)" } ?? name): \(finding.message) [\(finding.rule)]"
            }
            throw PreparationError(kind: .usage, message: lines.joined(separator: "\n"))
        }
        do {
            try result.outputs.write()
        } catch {
            throw PreparationError(kind: .harness, message: "\(error)")
        }
        guard let line = result.hint.split(separator: "\n").last else {
            throw PreparationError(kind: .harness, message: "the build says no start line")
        }
        return boot(result.record, String(line), machine, files, commands: board.description.commands)
    }

    private func config(_ path: String?, _ text: [UInt8]) throws(PreparationError) -> (TypedConfig, Started, String) {
        let name = path.map { "\(scenario.folder)/\($0)" } ?? scenario.path
        do {
            let bytes = try path == nil ? text : Folders.read(name, limit: 4 << 20)
            let variables = try ConfigParser.parse(bytes, name: name)
            let started = Started(
                file: variables["XEN"]?.text ?? variables["LINUX"]?.text,
                isEFI: variables["BOOT_CMD"]?.text == "bootefi")
            return (TypedConfig(variables), started, name)
        } catch let error as ConfigError {
            throw PreparationError(kind: .usage, message: "\(error.place): error: \(error)")
        } catch {
            throw PreparationError(kind: .usage, message: "\(error)")
        }
    }

    // MARK: Cross-checks

    /// What U-Boot starts.
    private struct Started {
        var file: String?
        var isEFI: Bool

        init(file: String?, isEFI: Bool) {
            self.file = file
            self.isEFI = isEFI
        }

        /// What a script started: the file that was loaded where the image was entered.
        init(_ record: BootRecord) {
            isEFI = record.handOff?.method == "bootefi"
            guard let start = record.handOff?.loadedAt else { return }
            file = record.loads.last { $0.range.contains(start) }?.file.display
        }
    }

    private func placeCatcher(_ started: Started) throws(PreparationError) {
        guard let file = started.file else {
            throw PreparationError(
                kind: .usage, message: "nothing is started that was loaded from a file, in which a catcher could stand")
        }
        do throws(ArtifactError) {
            let path = "\(served)/\(file)"
            guard let image = Catcher.replacing(try Folders.read(path), isEFI: started.isEFI) else {
                throw ArtifactError("\(file) is no arm64 Image, in which a catcher could stand")
            }
            try Folders.replace(path, image)
        } catch {
            throw PreparationError(kind: .usage, message: "\(error)")
        }
    }

    /// The simulation of the very lines that are typed.
    func simulate(_ boot: PreparedBoot) throws -> Simulation.Outcome {
        var board = try self.board()
        if let tree = boot.machine.deviceTree { board = try board.with(controlTree: tree) }
        let simulation = Simulation(board: board, limits: Limits(), files: try FolderServer(root: served))
        return try simulation.run(
            typed: ByteString(utf8: boot.lines.map { $0 + "\n" }.joined()), name: scenario.name)
    }

    // MARK: Scripts

    private func run(
        _ path: String, _ board: Board, _ machine: VirtualMachine, _ files: [(name: String, file: StoredFile)]
    ) throws(PreparationError) -> PreparedBoot {
        let name = "\(scenario.folder)/\(path)"
        do {
            let script = try ScriptFile(try Folders.read(name, limit: 16 << 20))
            try Folders.replace("\(served)/boot.scr", script.image)
            let simulation = Simulation(board: board, limits: Limits(), files: try FolderServer(root: served))
            let outcome = try simulation.run(script, name: path, path: name, at: nil)
            if hasCatcher { try placeCatcher(Started(outcome.record)) }
            let line = "tftpboot $scriptaddr boot.scr; source $scriptaddr"
            return boot(outcome.record, line, machine, files, commands: board.description.commands)
        } catch let error as PreparationError {
            throw error
        } catch {
            throw PreparationError(kind: .usage, message: "\(name): \(error)")
        }
    }

    // MARK: What the simulation says

    private func boot(
        _ record: BootRecord?, _ line: String, _ machine: VirtualMachine, _ files: [(name: String, file: StoredFile)],
        commands: Set<String>
    ) -> PreparedBoot {
        let findings = record.map { verify($0, options: VerificationOptions(commands: commands)) } ?? []
        let domains = record?.treeBytes.map { DomainNames(tree: $0.bytes) } ?? DomainNames()
        let isXen = scenario.target == .xen
        let isClean = record?.ending == .handOff && !findings.contains { $0.severity == .error }
        return PreparedBoot(
            served: served, machine: machine, lines: [line],
            names: isXen ? domains.names : [0: "linux"],
            payload: isXen ? .xen(hasDom0: domains.hasDom0) : .linux,
            isHandedOff: record?.ending == .handOff, files: files,
            findings: files.compactMap { TruncatedKernel.finding($0.name, $0.file) }
                + findings.filter { $0.severity > .info }.map {
                    PreparedBoot.Simulated(
                        rule: $0.rule, severity: $0.severity.rawValue, message: $0.message,
                        place: $0.place.map { "\($0)" }, fix: $0.fix)
                },
            expectedFailures: isClean ? Set((record?.failedLoads ?? []).map(\.file.display)) : nil)
    }
}

extension Scenario {
    /// The name of the artifact that is the machine's tree.
    var machineTree: String? {
        artifacts.last { if case .machineTree = $0.source.origin { true } else { false } }?.name
    }

    /// The key that signs, as ImageBuilder takes it: `FOLDER/HINT`.
    var keyName: String? {
        let name = artifacts.first { if case .key = $0.source.origin { true } else { false } }?.name
        return name.map { $0.hasSuffix(".key") ? String($0.dropLast(4)) : $0 }
    }
}
