public import DeviceTree
internal import NearestName
public import UBoot
public import YAML

/// Why there is no such board.
public struct BoardError: Error, Sendable, Equatable {
    /// The kinds of mistakes; the sentence is made in `description`.
    public enum Reason: Sendable, Equatable {
        /// No folder has a board of this name.
        case unknownBoard(String, known: [String])
        /// The boards that extend each other in a circle, the first one again at the end.
        case circle([String])
        /// Boards that extend each other, more than `limit` of them.
        case tooManyParents(limit: Int)
        /// What a list takes away is not in the inherited one.
        case nothingToRemove(String, inherited: [String])
        /// A file cannot be read.
        case unreadable(path: String, ErrorNumber)
        /// A file is larger than a board needs.
        case tooLarge(path: String, limit: Int)
        /// The board file is no YAML, or has another shape than a board file.
        case yaml(YAMLError)
        /// No range of RAM.
        case noRAM
        /// A range without a byte, or one that passes the end of the address space.
        case badRange(start: UInt64, size: UInt64)
        /// Two ranges share addresses; `other` is what the first one is.
        case overlap(AddressRange, other: String, AddressRange)
        /// Something must lie in one bank of RAM, and does not.
        case outsideRAM(AddressRange)
        /// `file` or `bytes` at RAM or at a bus, or both of them.
        case unexpectedContent
        /// Sectors that are too small, or sectors of what is no read-only memory.
        case badSector(UInt64, isROM: Bool)
        /// Content that is larger than its place.
        case contentTooLarge(byteCount: Int, size: UInt64)
        /// The file is no device tree.
        case badTree(path: String, FDTError)
        /// The size that the board gives the tree is less than its blocks take, or more than a tree can have.
        case badTreeSize(UInt64, used: UInt64)
        /// Neither the address for programs nor the one for U-Boot itself.
        case treeWithoutPlace
        /// A line of an environment file without `=`, or without a name before it.
        case notAVariable
        /// A name that U-Boot refuses.
        case badVariableName(String)
        /// A variable without a value.
        case emptyVariable(String)
        /// The default environment has a variable twice.
        case duplicateVariable(String)
        /// The default environment does not fit in its storage.
        case environmentTooLarge(byteCount: Int, size: UInt64)
        /// A command that ibtest does not know.
        case unknownCommand(String)
        /// A command is listed twice.
        case duplicateCommand(String)
        /// A usage text for a command that the board does not have.
        case usageWithoutCommand(String, commands: [String])
        /// A device with a size, address or number that none has.
        case badDevice(String)
        /// A bus for disks is listed twice.
        case duplicateDiskBus(String)
        /// A console without devices.
        case noConsole
    }

    /// What is wrong.
    public var reason: Reason
    /// Where; nil where no line of a file is at fault, and for `yaml`, which has its own place.
    public var place: SourcePlace?

    /// An error from its parts.
    public init(_ reason: Reason, at place: SourcePlace? = nil) {
        self.reason = reason
        self.place = place
    }
}

extension BoardError: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: PATH: what is wrong`, as far as there is a place.
    public var description: String {
        guard let place else { return "\(reason)" }
        let path = place.path.isEmpty ? "" : "\(place.path): "
        return "\(place.file):\(place.mark.line):\(place.mark.column): \(path)\(reason)"
    }
}

extension BoardError.Reason: CustomStringConvertible {
    /// What is wrong, without the place.
    public var description: String {
        switch self {
        case .unknownBoard(let name, let known): "unknown board '\(name)'" + Self.hint(name, among: known)
        case .circle(let names): "the board extends itself: " + names.joined(separator: " extends ")
        case .tooManyParents(let limit): "more than \(limit) boards extend each other"
        case .nothingToRemove(let item, let inherited):
            "the inherited list has no '\(item)' to take away" + Self.nearHint(item, among: inherited)
        case .unreadable(let path, let error): "cannot read \(path): \(error)"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
        case .yaml(let error): "\(error)"
        case .noRAM: "expected at least one range of RAM"
        case .badRange(let start, size: 0): "the range at \(Address(start)) has no bytes"
        case .badRange(let start, let size): "\(Self.hex(size)) bytes at \(Address(start)) do not fit in 64 bits"
        case .overlap(let range, let other, let otherRange): "\(range) overlaps \(other) \(otherRange)"
        case .outsideRAM(let range): "\(range) is not inside one range of RAM"
        case .unexpectedContent: "only a range of read-only memory has content, either 'file' or 'bytes'"
        case .badSector(let size, let isROM):
            isROM ? "a sector has at least 512 bytes, found \(size)" : "only a range of read-only memory has sectors"
        case .contentTooLarge(let count, let size): "\(count) bytes do not fit in \(Self.hex(size))"
        case .badTree(let path, let error): "\(path) is no device tree: \(error)"
        case .badTreeSize(let size, let used) where size < used:
            "the device tree needs at least \(Self.hex(used)) bytes, not \(Self.hex(size))"
        case .badTreeSize(let size, _): "a device tree has less than 0x80000000 bytes, not \(Self.hex(size))"
        case .treeWithoutPlace: "expected 'address', 'control' or both"
        case .notAVariable: "expected NAME=VALUE"
        case .badVariableName(let name): "'\(name)' is no name of a variable: it is empty or has an '=' or a NUL"
        case .emptyVariable(let name): "the variable '\(name)' has no value, and U-Boot keeps none without"
        case .duplicateVariable(let name): "the variable '\(name)' is there already"
        case .environmentTooLarge(let count, let size): "the environment has \(count) bytes, more than \(size)"
        case .unknownCommand(let name): Self.unknownCommand(name)
        case .duplicateCommand(let name): "the command '\(name)' is there already"
        case .usageWithoutCommand(let name, let commands):
            "the board has no command '\(name)'" + Self.hint(name, among: commands)
        case .badDevice(let what): "no device has \(what)"
        case .duplicateDiskBus(let name): "the bus '\(name)' is there already"
        case .noConsole: "expected at least one console device"
        }
    }

    private static func unknownCommand(_ name: String) -> String {
        guard let near = nearestName(to: name, among: Machine.knownCommands.sorted()) else {
            return "unknown command '\(name)'; give the text of 'help' instead of names for commands that ibtest lacks"
        }
        return "unknown command '\(name)', did you mean '\(near)'?"
    }

    private static func hint(_ name: String, among known: [String]) -> String {
        let near = nearHint(name, among: known)
        return near.isEmpty && !known.isEmpty ? ", known: " + known.joined(separator: ", ") : near
    }

    private static func nearHint(_ name: String, among known: [String]) -> String {
        nearestName(to: name, among: known).map { ", did you mean '\($0)'?" } ?? ""
    }

    private static func hex(_ value: UInt64) -> String { "0x" + hexadecimal(value) }
}
