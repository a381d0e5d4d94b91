import BootImages
import Boards
import DeviceTree
import Foundation
import Glibc
import UBoot

@testable import ImageBuilder

/// A folder with files that configs name, and builds in it.
struct TestBuild {
    var folder: String { owner.path }
    /// Removes the folder with the last copy of this value.
    private let owner: TestFolder

    static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    private static let boards = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("boards").path

    init() throws {
        owner = try TestFolder()
        for file in Self.files { try write(file.name, file.head, count: file.count) }
        try FileManager.default.createDirectory(atPath: folder + "/dts", withIntermediateDirectories: true)
        for (node, cells) in [("serial@ff000000", "0 21 4"), ("ethernet@ff0e0000", "0 63 4 0 64 4")] {
            try write("dts/\(node).dts", Array(Self.partial(node, cells).utf8))
        }
    }

    /// Writes a file; behind its bytes it has zeros up to `count`, which take no time and no room.
    func write(_ name: String, _ bytes: [UInt8], count: Int = 0) throws {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        if count > bytes.count { _ = unsafe truncate(path, count) }
    }

    /// The board that is none.
    static func generic() throws -> PlanSimulation { try usual.get() }

    private static let usual = Result {
        PlanSimulation(try Board.named("generic", in: [boards]).description, isGeneric: true)
    }

    /// Builds a config's text, as from a file `config`.
    func build(
        _ text: String, shell: Bool = false, board name: String? = nil, runs: Bool = true,
        _ edit: (inout BuildOptions) -> Void = { _ in }
    ) throws -> BuildResult {
        var options = BuildOptions()
        options.folder = folder
        options.loadCommand = "tftp"
        edit(&options)
        let variables: ConfigVariables
        if shell {
            try write("config", Array(text.utf8))
            // The config looks for files where it runs.
            let program = "cd '\(folder)'\n" + text
            try write("config", Array(program.utf8))
            variables = try ShellConfig.run(folder + "/config", bytes: Array(program.utf8), name: "config").variables
        } else {
            variables = try ConfigParser.parse(
                Array(text.utf8), name: "config", given: ["PWD": Array(folder.utf8)])
        }
        let simulation =
            try name.map { PlanSimulation(try Board.named($0, in: [Self.boards]).description, isGeneric: false) }
            ?? Self.generic()
        if name != nil { simulation.describe(&options) }
        return Builder.build(TypedConfig(variables), options, simulation: simulation, runs: runs)
    }

    /// The first config of the examples, with changes: lines that begin as one of these replace it, others are added.
    func base(_ lines: String...) throws -> String {
        var text = """
            MEMORY_START=0x40000000
            MEMORY_END=0x80000000
            DEVICE_TREE=board.dtb
            XEN=xen
            DOM0_KERNEL=Image
            NUM_DOMUS=0
            UBOOT_SOURCE=boot.source
            UBOOT_SCRIPT=boot.scr

            """
        for line in lines.joined(separator: "\n").split(separator: "\n") {
            let key = line.prefix { $0 != "=" } + "="
            let others = text.split(separator: "\n").filter { !$0.hasPrefix(key) }
            text = (others + [line]).joined(separator: "\n") + "\n"
        }
        return text
    }

    // MARK: Files

    /// The head of an arm64 Image.
    static func image(runs imageSize: UInt64) -> [UInt8] {
        var bytes: [UInt8] = [0x4d, 0x5a, 0, 0x91, 0x1f, 0x20, 0x03, 0xd5] + [UInt8](repeating: 0, count: 8)
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: imageSize >> (8 * UInt64($0))) } + [0x0a]
        bytes += [UInt8](repeating: 0, count: 56 - bytes.count) + Array("ARM".utf8) + [0x64, 64, 0, 0, 0]
        return bytes + Array("PE".utf8) + [0, 0, 0x64, 0xaa] + [UInt8](repeating: 0, count: 18) + [0x0b, 0x02]
    }

    /// A gzip file whose first bytes unpack to `head`.
    static func gzip(_ head: [UInt8]) -> [UInt8] {
        [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, UInt8(head.count & 0xff), UInt8(head.count >> 8),
            UInt8(~head.count & 0xff), UInt8(~head.count >> 8 & 0xff),
        ] + head
    }

    static func padded(_ document: DeviceTreeDocument, to count: Int) -> [UInt8] {
        let size = (try? document.blob().count) ?? 0
        return (try? document.blob(padding: count - size)) ?? []
    }

    private struct File {
        var name: String
        var head: [UInt8]
        var count = 0
    }

    private static let files: [File] = {
        var zImage = [UInt8](repeating: 0, count: 48)
        zImage.replaceSubrange(36..<40, with: [0x18, 0x28, 0x6f, 0x01])
        zImage.replaceSubrange(44..<48, with: [0, 0, 0x10, 0])
        let cpio = Array("070701".utf8) + [UInt8](repeating: 48, count: 104)
        let bit: [UInt8] = [0x00, 0x09, 0x0f, 0xf0, 0x0f, 0xf0, 0x0f, 0xf0, 0x0f, 0xf0, 0, 0, 1, 0x61]
        let passthrough = DeviceTreeDocument(root: DeviceTreeNode("", children: [DeviceTreeNode("passthrough")]))
        return [
            File(name: "Image", head: image(runs: 4 << 20), count: 3 << 20),
            File(name: "Image-2m", head: image(runs: 2 << 20), count: 2 << 20),
            File(name: "Image-2m1", head: image(runs: 2 << 20 + 1), count: 2 << 20 + 1),
            File(name: "Image-8m", head: image(runs: 8 << 20), count: 8 << 20),
            File(name: "xen", head: image(runs: 1_310_720), count: 983_048),
            File(name: "zImage", head: zImage, count: 1 << 20),
            File(name: "Image.gz", head: gzip(image(runs: 4 << 20)), count: 3113),
            File(name: "ramdisk.cpio", head: cpio, count: 1536),
            File(name: "ramdisk.cpio.gz", head: gzip(cpio), count: 600),
            File(name: "rootfs.tar.gz", head: [1]), File(name: "rootfs.cpio", head: [1]),
            File(name: "rootfs.cpio.gz", head: [1]), File(name: "uboot.cfg", head: [1]),
            File(name: "board.dtb", head: padded(board, to: 4096)),
            File(name: "overlay.dtbo", head: padded(overlay, to: 1024)),
            File(name: "pt.dtb", head: padded(passthrough, to: 1024)),
            File(name: "fpga.bit", head: bit, count: 2_500_000),
            File(name: "extra.txt", head: Array("setenv ibtest_hook 1\necho extra command\n".utf8)),
        ]
    }()

    static let board: DeviceTreeDocument = {
        func cpu(_ number: UInt32, _ phandle: UInt32?) -> DeviceTreeNode {
            var properties = [
                DeviceTreeProperty("device_type", strings: "cpu"),
                DeviceTreeProperty("compatible", strings: "arm,cortex-a53"),
                DeviceTreeProperty("reg", cells: [number]),
            ]
            if let phandle { properties.append(DeviceTreeProperty("phandle", cells: [phandle])) }
            return DeviceTreeNode("cpu@\(number)", properties)
        }
        let cells = [DeviceTreeProperty("#address-cells", cells: [2]), DeviceTreeProperty("#size-cells", cells: [2])]
        let cpus = DeviceTreeNode(
            "cpus", [DeviceTreeProperty("#address-cells", cells: [1]), DeviceTreeProperty("#size-cells", cells: [0])],
            children: [cpu(0, 0x10), cpu(1, 0x11), cpu(2, nil), cpu(3, nil)])
        let axi = DeviceTreeNode(
            "axi", cells + [DeviceTreeProperty("ranges")],
            children: [DeviceTreeNode("serial@ff000000"), DeviceTreeNode("ethernet@ff0e0000")])
        let memory = DeviceTreeNode(
            "memory@0",
            [
                DeviceTreeProperty("device_type", strings: "memory"),
                DeviceTreeProperty("reg", cells: [0, 0x4000_0000, 0, 0x8000_0000]),
            ])
        return DeviceTreeDocument(
            root: DeviceTreeNode("", cells, children: [DeviceTreeNode("chosen"), memory, cpus, axi]))
    }()

    private static let overlay = DeviceTreeDocument(
        root: DeviceTreeNode(
            "",
            children: [
                DeviceTreeNode(
                    "fragment@0", [DeviceTreeProperty("target-path", strings: "/axi")],
                    children: [
                        DeviceTreeNode(
                            "__overlay__",
                            children: [
                                DeviceTreeNode("extra@0", [DeviceTreeProperty("compatible", strings: "x,extra")])
                            ])
                    ])
            ]))

    private static func partial(_ node: String, _ interrupts: String) -> String {
        """
        /dts-v1/;
        / { #address-cells = <2>; #size-cells = <2>;
          passthrough { compatible = "simple-bus"; ranges; #address-cells = <2>; #size-cells = <2>;
            \(node) { interrupts = <\(interrupts)>; xen,path = "/axi/\(node)"; };
          };
        };

        """
    }
}

extension BuildResult {
    /// The errors of the config, one a line.
    var errors: [String] {
        findings.filter { $0.severity == .error }.map { "\($0.place?.line ?? 0): \($0.message)" }
    }

    func output(_ name: String) -> [UInt8]? { outputs.outputs.first { $0.path.hasSuffix("/" + name) }?.bytes }

    /// The tree at the end of the run.
    var tree: DeviceTreeDocument? { record?.treeBytes.flatMap { try? DeviceTreeDocument(blob: $0.bytes) } }
}
