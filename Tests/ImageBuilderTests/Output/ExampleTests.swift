import DeviceTree
import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Configs whose results upstream's release 2023.2 was recorded for.
struct ExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        var load = "tftp"
        var base: String?
        var prefix: String?
        var makesFIT = false
        var shell = false
        var testDescription: String { name }

        init(
            _ name: String, load: String = "tftp", base: String? = nil, prefix: String? = nil, fit: Bool = false,
            shell: Bool = false
        ) {
            self.name = name
            self.load = load
            self.base = base
            self.prefix = prefix
            makesFIT = fit
            self.shell = shell
        }

        func build(runs: Bool = true, _ edit: (inout BuildOptions) -> Void = { _ in }) throws -> (BuildResult, String) {
            let files = try TestBuild()
            let text = try String(
                contentsOf: TestBuild.golden.appendingPathComponent("examples/\(name).config"), encoding: .utf8)
            let result = try files.build(text, shell: shell, runs: runs) { options in
                options.loadCommand = load
                options.base = base
                options.prefix = prefix
                options.makesFIT = makesFIT
                edit(&options)
            }
            return (result, files.folder)
        }

        func recorded() throws -> String {
            try String(contentsOf: TestBuild.golden.appendingPathComponent("examples/\(name).source"), encoding: .utf8)
        }
    }

    static let accepted: [Example] = [
        Example("01-dom0-minimal"), Example("02-dom0-two-domus"), Example("03-true-dom0less"),
        Example("04-sd-rootfs-root-device", load: "sd", prefix: "boot/xen"), Example("05-static-mem-direct-map"),
        Example("06-colors-vuart-viommu"), Example("07-cpupools"), Example("08-overlays-bitstream-extra"),
        Example("09-linux-only", load: "sd"), Example("10-bootcmd-none", load: "scsi"),
        Example("11-bootefi", load: "usb"), Example("12-bootm-uimage"), Example("13-fit", fit: true),
        Example("14-fit-linux", load: "sd"), Example("15-high-memory"), Example("16-passthrough-repo"),
        Example("17-shell-in-config", base: "out", shell: true), Example("18-arm32-zimage"),
        Example("19-memory-exact-fit"), Example("20-fdtedit-reference"), Example("21-disk-image-gpt", load: "sd"),
    ]

    @Test(arguments: accepted)
    func compatibleTextIsUpstreams(example: Example) throws {
        let (result, _) = try example.build(runs: false) { $0.isCompatible = true }
        #expect(result.errors == [])
        var text = String(decoding: result.script.text, as: UTF8.self)
        var recorded = try example.recorded()
        if example.name.hasPrefix("16") {
            // The size of the merged tree depends on the partial ones, which are not those of the recording.
            let size = result.plan[.domainTree(0)]?.size ?? 0
            recorded = recorded.replacing("0x0 0x2C9 >", with: "0x0 0x\(hexadecimal(size, upper: true)) >")
        }
        if text != recorded { text = "differs:\n" + text }
        #expect(text == recorded)
    }

    /// Where our tree differs from upstream's, because upstream's is wrong.
    private static let betterTrees: Set<String> = [
        // Phandles of CPUs without 0x, which U-Boot reads as decimal.
        "07-cpupools",
        // With `-` for the tree, bootefi starts the program with U-Boot's own.
        "11-bootefi",
    ]

    @Test(arguments: accepted)
    func usualTextHasTheSameEffect(example: Example) throws {
        let (ours, _) = try example.build()
        let (theirs, _) = try example.build { $0.isCompatible = true }
        #expect(ours.errors == [])
        guard let tree = ours.tree, let other = theirs.tree else {
            Issue.record("no tree")
            return
        }
        let moved = Self.named(tree, ours.plan)
        let differences = DeviceTreeDocument.differences(Self.named(other, theirs.plan), moved).map(\.description)
        if Self.betterTrees.contains(example.name) {
            #expect(!differences.isEmpty)
        } else {
            #expect(differences == [])
        }
    }

    @Test func phandlesOfCPUsStayAsTheyAre() throws {
        let (ours, _) = try Example("07-cpupools").build()
        #expect(ours.tree?["/cpus/cpu@1"]?.property("phandle")?.u32 == 0x11)
        #expect(ours.tree?["/chosen/cpupool_0"]?.property("cpupool-cpus")?.cells?.first == 0x11)
    }

    /// A tree with addresses of files put in order, so that where they were placed does not count.
    static func named(_ tree: DeviceTreeDocument, _ plan: BuildPlan) -> DeviceTreeDocument {
        var tree = tree
        func visit(_ node: inout DeviceTreeNode) {
            let name = String(decoding: node.name, as: UTF8.self)
            for (index, file) in plan.files.enumerated() {
                let address = hexadecimal(file.address, upper: true)
                if name == "module0x\(address)" { node.name = Array("module-\(index)".utf8) }
                for at in node.properties.indices where node.properties[at].name == Array("reg".utf8) {
                    if node.properties[at].cells?.prefix(2).elementsEqual([
                        UInt32(file.address >> 32), UInt32(truncatingIfNeeded: file.address),
                    ]) ?? false {
                        let cells = node.properties[at].cells ?? []
                        node.properties[at] = DeviceTreeProperty("reg", cells: [UInt32(index)] + cells.dropFirst(2))
                    }
                }
                for at in node.properties.indices where node.properties[at].name.starts(with: "linux,initrd".utf8) {
                    let value = UInt64(node.properties[at].cells?.last ?? 0)
                    if value >= file.address, value <= file.address + file.size, file.role == .linuxRamdisk {
                        let text = Array("\(value - file.address)".utf8)
                        node.properties[at] = DeviceTreeProperty(node.properties[at].name, text)
                    }
                }
            }
            for index in node.children.indices { visit(&node.children[index]) }
        }
        visit(&tree.root)
        tree.reservations = []
        return tree
    }

    @Test(
        arguments: [
            ("e1-refused-dom0-keys-without-dom0", "DOM0_MEM needs DOM0_KERNEL"),
            ("e2-refused-too-little-memory", "not enough memory: DEVICE_TREE 'board.dtb'"),
            ("e3-refused-xencmd-and-dom0mem", "DOM0_MEM and XEN_CMD exclude each other"),
        ], [true, false])
    func refusalsAreErrors(example: (String, String), isCompatible: Bool) throws {
        let (result, _) = try Example(example.0).build { $0.isCompatible = isCompatible }
        #expect(result.errors.count == 1 && result.errors[0].contains(example.1), "\(result.errors)")
        #expect(result.outputs.outputs.isEmpty)
    }

    @Test func hintsAreUpstreamsLastLines() throws {
        let (result, _) = try Example("04-sd-rootfs-root-device", load: "sd", prefix: "boot/xen").build()
        #expect(
            result.hint == "Generated uboot script boot.scr, to be loaded at address 0xC00000:\n"
                + "load mmc 0:1 0xC00000 boot/xen/boot.scr; source 0xC00000\n")
        let (fit, _) = try Example("13-fit", fit: true).build { $0.isCompatible = true }
        #expect(
            fit.hint == "Generated uboot FIT image boot.fit, to be loaded at or after address 0x2200000:\n"
                + "tftpb 0x2200000 boot.fit; source 0x2200000:boot_scr\n")
    }
}
