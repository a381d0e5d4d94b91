import DeviceTree
import Foundation

/// The trees and the access to them that the suites share.
enum SampleTree {
    static let document = DeviceTreeDocument(
        root: DeviceTreeNode(
            "",
            [
                DeviceTreeProperty("#address-cells", cells: [2]),
                DeviceTreeProperty("#size-cells", cells: [1]),
                DeviceTreeProperty("compatible", strings: "acme,board", "acme,soc"),
            ],
            children: [
                DeviceTreeNode(
                    "aliases",
                    [
                        DeviceTreeProperty("serial0", strings: "/soc/uart@1000"),
                        DeviceTreeProperty("bus", strings: "/soc"),
                        DeviceTreeProperty("console", strings: "serial0"),
                        DeviceTreeProperty("round", strings: "about"),
                        DeviceTreeProperty("about", strings: "round"),
                        DeviceTreeProperty("open", bytes: Array("/soc".utf8)),
                    ]),
                DeviceTreeNode("chosen"),
                DeviceTreeNode(
                    "soc",
                    [DeviceTreeProperty("#address-cells", cells: [0]), DeviceTreeProperty("ranges")],
                    children: [
                        DeviceTreeNode(
                            "uart@1000",
                            [
                                DeviceTreeProperty("reg", u64: 0x1000_0000_0200),
                                DeviceTreeProperty("phandle", cells: [7]),
                            ]),
                        DeviceTreeNode("uart@2000", [DeviceTreeProperty("#size-cells", cells: [5])]),
                    ]),
            ]),
        reservations: [MemoryReservation(address: 0x4000_0000, size: 0x1000)],
        bootCPU: 3)

    /// The sample with `padding` bytes of free space, and up to seven more that make it end on a boundary of eight.
    static func blob(padding: Int = 0) throws -> [UInt8] {
        let tight = try document.blob().count
        return try document.blob(padding: padding + (-(tight + padding) & 7))
    }

    /// The same tree with the structure block last, right at the end.
    static func structureLast() throws -> [UInt8] {
        let blob = try document.blob()
        var header = try header(of: blob)
        let structure = Int(header.offDtStruct)..<Int(header.offDtStrings)
        let strings = Int(header.offDtStrings)..<blob.count
        let gap = [UInt8](repeating: 0, count: -blob.count & 7)
        header.offDtStrings = UInt32(structure.lowerBound)
        header.offDtStruct = UInt32(structure.lowerBound + strings.count + gap.count)
        header.totalSize = UInt32(blob.count + gap.count)
        var moved = blob[..<structure.lowerBound] + blob[strings] + gap + blob[structure]
        moved = ArraySlice(try edited(Array(moved)) { tree throws(FDTError) in try header.store(in: &tree) })
        return Array(moved)
    }

    static func header(of blob: [UInt8]) throws(FDTError) -> FDTHeader {
        try read(blob) { bytes throws(FDTError) in try FDTHeader(bytes) }
    }
}

func read<R>(_ blob: [UInt8], _ body: (RawSpan) throws(FDTError) -> R) throws(FDTError) -> R {
    try FlattenedTree.withBytes(of: blob, body)
}

func edited(
    _ blob: [UInt8], _ body: (inout MutableRawSpan) throws(FDTError) -> Void
) throws(FDTError) -> [UInt8] {
    var blob = blob
    try FlattenedTree.withMutableBytes(of: &blob, body)
    return blob
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The output of a program that is given `input`, and that must exist and succeed.
func output(of program: String, _ arguments: [String], input: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = FileHandle.nullDevice
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input))
    try standardInput.fileHandleForWriting.close()
    let data = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ProgramFailure(program: program) }
    return Array(data)
}

struct ProgramFailure: Error {
    var program: String
}
