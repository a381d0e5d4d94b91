internal import Boards
internal import BootImages
internal import Emulation
internal import ImageBuilder
internal import UBoot
internal import Verifier

/// What decides about a boot becomes what is typed and what is expected.
extension BootPreparation {
    // MARK: Configs

    func build(
        _ path: String?, _ text: [UInt8], _ board: Board, _ placed: Placed
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
        var placed = placed
        if case .fit(let isSigned) = scenario.boot {
            options.makesFIT = true
            if isSigned, let key = scenario.keyName {
                options.keyHint = key
                options.controlTree = scenario.machineTree
                placed.machine.deviceTree = scenario.machineTree.map { "\(served)/\($0)" }
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
        return boot(result.record, String(line), placed, commands: board.description.commands)
    }

    private func config(_ path: String?, _ text: [UInt8]) throws(PreparationError) -> (TypedConfig, Started, String) {
        let name = path.map(scenario.beside) ?? scenario.path
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
        let simulation = Simulation(board: board, limits: limits, files: try FolderServer(root: served))
        return try simulation.run(
            typed: ByteString(utf8: boot.lines.map { $0 + "\n" }.joined()), name: scenario.name)
    }

    /// A script that goes on for ever is not waited for; no boot needs that many commands.
    private var limits: Limits {
        var limits = Limits()
        limits.steps = 1_000_000
        limits.outputByteCount = 16 << 20
        return limits
    }

    // MARK: Scripts

    func run(
        _ path: String, _ board: Board, _ placed: Placed
    ) throws(PreparationError) -> PreparedBoot {
        let name = scenario.beside(path)
        do {
            let script = try ScriptFile(try Folders.read(name, limit: 16 << 20))
            try Folders.replace("\(served)/boot.scr", script.image)
            let simulation = Simulation(board: board, limits: limits, files: try FolderServer(root: served))
            let outcome = try simulation.run(script, name: path, path: name, at: nil)
            if hasCatcher { try placeCatcher(Started(outcome.record)) }
            let line = "tftpboot $scriptaddr boot.scr; source $scriptaddr"
            return boot(outcome.record, line, placed, commands: board.description.commands)
        } catch let error as PreparationError {
            throw error
        } catch {
            throw PreparationError(kind: .usage, message: "\(name): \(error)")
        }
    }

    // MARK: What the simulation says

    private func boot(
        _ record: BootRecord?, _ line: String, _ placed: Placed, commands: Set<String>
    ) -> PreparedBoot {
        let options = VerificationOptions(commands: commands, isForRun: true)
        let findings = record.map { verify($0, options: options) } ?? []
        let domains = record?.treeBytes.map { DomainNames(tree: $0.bytes) } ?? DomainNames()
        let isXen = scenario.target == .xen
        let isClean = record?.ending == .handOff && !findings.contains { $0.severity == .error }
        return PreparedBoot(
            served: served, machine: placed.machine, lines: [line],
            names: isXen ? domains.names : [0: "linux"],
            payload: isXen ? .xen(hasDom0: domains.hasDom0) : .linux,
            domainsWithoutConsole: domains.withoutConsole,
            isHandedOff: record?.ending == .handOff && record?.treeBytes != nil, files: placed.files,
            firmware: placed.firmware,
            findings: placed.files.compactMap { TruncatedKernel.finding($0.name, $0.file) }
                + findings.filter { $0.severity > .info }.map {
                    PreparedBoot.Simulated(
                        rule: $0.rule, severity: $0.severity.rawValue, message: $0.message,
                        place: $0.place.map { "\($0)" }, fix: $0.fix)
                },
            expectedFailures: isClean ? Set((record?.failedLoads ?? []).map(\.file.display)) : nil)
    }
}
