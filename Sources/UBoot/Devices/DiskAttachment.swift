public import Disks

/// A disk image that is to be attached to a board: `FILE`, or `INTERFACE:NUMBER=FILE`.
public struct DiskAttachment: Sendable, Equatable {
    /// The bus; nil for the board's first one.
    public var interface: BlockInterface?
    /// The number on the bus; nil for the next free one.
    public var number: Int?
    /// The image file.
    public var path: String

    /// Names an image.
    public init(path: String, interface: BlockInterface? = nil, number: Int? = nil) {
        self.path = path
        self.interface = interface
        self.number = number
    }

    /// Reads `FILE` or `INTERFACE:NUMBER=FILE`; text before `=` that is neither belongs to the file's name.
    public init(argument: String) throws(DiskAttachmentError) {
        self.init(path: argument)
        guard let equals = argument.firstIndex(of: "="), let colon = argument[..<equals].firstIndex(of: ":") else {
            return
        }
        let name = String(argument[..<colon])
        let digits = argument[argument.index(after: colon)..<equals]
        let isName = !name.isEmpty && name.allSatisfy { $0.isASCII && $0.isLetter }
        guard isName, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return }
        guard let found = BlockInterface(rawValue: name) else { throw .unknownInterface(name) }
        guard let number = Int(digits), number <= Self.largestNumber else { throw .badNumber(String(digits)) }
        interface = found
        self.number = number
        path = String(argument[argument.index(after: equals)...])
    }

    private static let largestNumber = 255
}

/// Why a disk image cannot be attached.
public enum DiskAttachmentError: Error, Sendable, Equatable {
    /// There is no such bus.
    case unknownInterface(String)
    /// A number that no device can have.
    case badNumber(String)
    /// The board has no disks at all.
    case noDisks(board: String)
    /// The board does not have the bus.
    case missingInterface(BlockInterface, board: String, known: [BlockInterface])
    /// The board has no place with the number.
    case noSlot(BlockInterface, Int, board: String, count: Int)
    /// Another image is there.
    case taken(BlockInterface, Int)
    /// The image itself.
    case image(path: String, DiskError)
}

extension DiskAttachmentError: CustomStringConvertible {
    /// The sentence.
    public var description: String {
        switch self {
        case .unknownInterface(let name):
            "unknown interface '\(name)' for a disk, known: "
                + BlockInterface.allCases.map(\.rawValue).joined(separator: ", ")
        case .badNumber(let digits): "no disk has the number \(digits)"
        case .noDisks(let board): "the board \(board) has no disks"
        case .missingInterface(let interface, let board, let known):
            "the board \(board) has no \(interface.rawValue) disks, only "
                + known.map(\.rawValue).joined(separator: ", ")
        case .noSlot(let interface, let number, let board, let count):
            "the board \(board) has no \(interface.rawValue) \(number), its \(count) have the numbers from 0 on"
        case .taken(let interface, let number): "two disks are to be \(interface.rawValue) \(number)"
        case .image(let path, let error): "\(path): \(error)"
        }
    }
}

extension Machine {
    /// Attaches disk images in their order; each run needs disks of its own, because scripts may write to them.
    public mutating func attach(_ attachments: [DiskAttachment]) throws(DiskAttachmentError) {
        for attachment in attachments { try attach(attachment) }
        loadStoredEnvironment()
        // What runs before the prompt may have started USB.
        let early = environment["preboot"] ?? ""
        let starts = early.bytes.indices.contains { early.bytes[$0...].starts(with: Array("usb start".utf8)) }
        if starts, let bus = description.diskBuses.first(where: { $0.interface == .usb }), disks.hasController(bus) {
            disks.scanned.insert(.usb)
        }
    }

    private mutating func attach(_ attachment: DiskAttachment) throws(DiskAttachmentError) {
        let buses = description.diskBuses
        guard let first = buses.first else { throw .noDisks(board: description.name) }
        let interface = attachment.interface ?? first.interface
        guard let bus = buses.first(where: { $0.interface == interface }) else {
            throw .missingInterface(interface, board: description.name, known: buses.map(\.interface))
        }
        let used = Set(disks.devices.filter { $0.bus.interface == interface }.map(\.number))
        let number = attachment.number ?? (0...used.count).first { !used.contains($0) } ?? used.count
        guard bus.slots.isEmpty || number < bus.slots.count else {
            throw .noSlot(interface, number, board: description.name, count: bus.slots.count)
        }
        guard !used.contains(number) else { throw .taken(interface, number) }
        do {
            disks.add(BlockDevice(bus: bus, number: number, disk: try Disk(path: attachment.path)))
        } catch {
            throw .image(path: attachment.path, error)
        }
        // U-Boot looks for cards when it starts.
        if interface == .mmc { _ = disks.probe(interface, number) }
    }
}
