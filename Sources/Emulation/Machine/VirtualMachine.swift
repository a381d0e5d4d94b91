/// A machine that QEMU emulates, as a value; what it becomes on the command line is all that QEMU is told.
public struct VirtualMachine: Sendable, Equatable {
    /// What executes the guest's instructions.
    public enum Accelerator: String, Sendable, CaseIterable {
        /// QEMU itself, on every host.
        case tcg
        /// The host's processor.
        case kvm
    }

    /// A disk as a raw image.
    public struct Drive: Sendable, Equatable {
        /// The image.
        public var path: String
        /// Whether writes to it go nowhere.
        public var isSnapshot: Bool

        /// A disk from its parts.
        public init(path: String, isSnapshot: Bool = true) {
            self.path = path
            self.isSnapshot = isSnapshot
        }
    }

    /// A network that QEMU makes for this machine alone.
    public struct Network: Sendable, Equatable {
        /// The folder that its TFTP server serves; nil for no server.
        public var folder: String?
        /// The card's address.
        public var address = "52:54:00:12:34:56"

        /// A network that serves a folder.
        public init(folder: String? = nil) {
            self.folder = folder
        }
    }

    /// Debian's package that brings the program.
    public static let package = "qemu-system-arm"

    /// The program.
    public var emulator = "/usr/bin/qemu-system-aarch64"
    /// The kind of machine with its properties, such as `virt,gic-version=2`.
    public var machine = "virt,virtualization=on,gic-version=2,dtb-randomness=off"
    /// The way of executing.
    public var accelerator = Accelerator.tcg
    /// The processor.
    public var processor = "cortex-a57"
    /// How many there are of it.
    public var processorCount = 2
    /// RAM in MiB.
    public var memory = 2048
    /// What runs first; nil for nothing.
    public var firmware: String?
    /// The device tree that the machine gives the firmware instead of its own.
    public var deviceTree: String?
    /// The network; nil for none.
    public var network: Network? = Network()
    /// The disks.
    public var drives: [Drive] = []

    /// The usual arm64 machine.
    public init() {}

    /// How someone is connected to it.
    public enum Connection: Sendable, Equatable {
        /// The serial line is its standard input and output, the monitor a socket that it inherits; it starts paused.
        case pipes(monitor: Int32)
        /// A person at a terminal has the serial line, and QEMU's monitor behind Ctrl-A c.
        case terminal
        /// Nobody: QEMU writes its device tree to a file and ends.
        case dump(String)
    }

    /// What QEMU is told, without the program's name.
    public func arguments(_ connection: Connection) -> [String] {
        var machine = machine
        if case .dump(let path) = connection { machine += ",dumpdtb=" + Self.escaped(path) }
        var words = [
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-M", machine,
        ]
        // The host's processor cannot be another one.
        words +=
            accelerator == .tcg
            ? ["-accel", "tcg,thread=multi", "-cpu", processor] : ["-accel", "kvm", "-cpu", "host"]
        words += [
            "-smp", "\(processorCount)", "-m", "\(memory)",
        ]
        if let firmware { words += ["-bios", firmware] }
        if let deviceTree { words += ["-dtb", deviceTree] }
        if let network {
            let folder = network.folder.map { ",tftp=" + Self.escaped($0) } ?? ""
            words += [
                "-netdev", "user,id=net0,restrict=on,ipv6=off" + folder,
                "-device", "virtio-net-pci,netdev=net0,mac=\(network.address)",
            ]
        }
        for (index, drive) in drives.enumerated() {
            let file = Self.escaped(drive.path)
            words += [
                "-drive", "id=disk\(index),if=none,format=raw,snapshot=\(drive.isSnapshot ? "on" : "off"),file=\(file)",
                "-device", "virtio-blk-pci,drive=disk\(index)",
            ]
        }
        switch connection {
        case .pipes(let monitor):
            words += [
                "-chardev", "stdio,id=serial0,signal=off", "-serial", "chardev:serial0",
                "-chardev", "socket,id=qmp,fd=\(monitor)", "-mon", "chardev=qmp,mode=control", "-S",
            ]
        case .terminal: words += ["-serial", "mon:stdio"]
        case .dump: break
        }
        return words
    }

    /// A value of an option: a comma would end it.
    private static func escaped(_ value: String) -> String {
        value.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
    }
}

/// Words as a shell reads them.
public func shellLine(_ words: [String]) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%^")
    return words.map { word in
        if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }.joined(separator: " ")
}
