internal import Boards
internal import Emulation
internal import UBoot

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
        var firmware: StoredFile
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
        let firmware: StoredFile
        do throws(ArtifactError) {
            files = try provider.files(of: scenario)
            Folders.remove(served)
            try provider.place(files, in: served, links: true)
            if let own = files.first(where: { $0.name == scenario.firmware }) {
                firmware = own.file
            } else {
                firmware = try provider.firmware(of: scenario)
            }
        } catch {
            throw PreparationError(kind: error.isUsage ? .usage : .artifact, message: "\(error)")
        }
        var machine = self.machine
        machine.firmware = firmware.path
        return Placed(files: files, firmware: firmware, machine: machine)
    }

    /// The second half: what is made of the config, and what the simulation says.
    func complete(_ placed: Placed) throws(PreparationError) -> PreparedBoot {
        let board = try self.board()
        var boot: PreparedBoot
        switch scenario.plan {
        case .config(let path, let text): boot = try build(path, text, board, placed)
        case .script(let path): boot = try run(path, board, placed)
        }
        boot.lines =
            ["setenv autoload no", "dhcp"] + scenario.steps.filter { $0.domain == nil }.map(\.line) + boot.lines
        return boot
    }

    func board() throws(PreparationError) -> Board {
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
