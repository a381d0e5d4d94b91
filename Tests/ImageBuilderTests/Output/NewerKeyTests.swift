import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Keys that upstream has had since the release 2023.2: what they write, and that U-Boot takes it.
struct NewerKeyTests {
    struct Key: Sendable, CustomTestStringConvertible {
        var lines: String
        /// Lines of the script, without `fdt ` in front.
        var edits: [String]
        var testDescription: String { lines.replacing("\n", with: " ") }

        init(_ lines: String, _ edits: String...) {
            self.lines = lines
            self.edits = edits
        }
    }

    private static let domain = "set /chosen/domU0 "

    static let keys: [Key] = [
        Key(
            "XEN_STATIC_HEAP='0x60000000 256M 0x70000000 0x1000000'",
            "set /chosen xen,static-heap <0x0 0x60000000 0x0 0x10000000 0x0 0x70000000 0x0 0x1000000>"),
        Key(
            "DOMU_SHARED_MEM[0]='my-id 0x70000000 0x40000000 0x10000000'",
            "mknod /chosen/domU0 shared-mem@0x70000000",
            "set /chosen/domU0/shared-mem@0x70000000 compatible \"xen,domain-shared-memory-v1\"",
            "set /chosen/domU0/shared-mem@0x70000000 xen,shm-id \"my-id\"",
            "set /chosen/domU0/shared-mem@0x70000000 xen,shared-mem <0x0 0x70000000 0x0 0x40000000 0x0 0x10000000>"),
        Key(
            "DOMU_SHARED_MEM[0]='my-id 0x40000000 256M'",
            "mknod /chosen/domU0 shared-mem-my-id",
            "set /chosen/domU0/shared-mem-my-id xen,shared-mem <0x0 0x40000000 0x0 0x10000000>"),
        Key("DOMU_ENHANCED[0]=2", domain + "xen,enhanced \"no-xenstore\""),
        Key("DOMU_GRANT_VER[0]=1", domain + "max_grant_version <1>"),
        Key("DOMU_GRANT_FRAMES[0]=64", domain + "max_grant_frames <64>"),
        Key("DOMU_MAPTRACK_FRAMES[0]=1024", domain + "max_maptrack_frames <1024>"),
        Key("DOMU_NR_SPIS[0]=96", domain + "nr_spis <96>"),
        Key("DOMU_CAPS[0]='control | HARDWARE'", domain + "capabilities <3>"),
        Key("DOMU_CAPS[0]='dom0'", domain + "capabilities <7>"),
        Key("DOMU_CAPS[0]='none'", domain + "capabilities <0>"),
        Key("DOMU_TRAP_UNMAP[0]=1", domain + "trap-unmapped-accesses <1>"),
        Key("DOMU_DOMID[0]=5", domain + "domid <5>"),
        Key("DOMU_P2M_MEM_MB[0]=16", domain + "xen,domain-p2m-mem-mb <16>"),
        Key("DOMU_PASSTHROUGH_PROP[0]=enabled", domain + "passthrough \"enabled\""),
        Key(
            "DOMU_VCPUS[0]=4\nDOMU_VCPU_HARD_AFFINITY[0,3]=1,2-3",
            "mknod /chosen/domU0 vcpu3", "set /chosen/domU0/vcpu3 compatible  \"xen,vcpu\"",
            "set /chosen/domU0/vcpu3 id <3>", "set /chosen/domU0/vcpu3 hard-affinity \"1,2-3\""),
        Key("XEN_POLICY=policy", "mknod /chosen xen-policy@40E00000"),
        Key(
            "DOMU_STATIC_EVTCHNS[0]='10 1 20'\nDOMU_STATIC_EVTCHNS[1]='20 0 10'",
            "mknod /chosen/domU0 evtchn@10", "set /chosen/domU0/evtchn@10 compatible \"xen,evtchn-v1\"",
            "set /chosen/domU0/evtchn@10 xen,evtchn <10 0xfffffffd>",
            "set /chosen/domU1/evtchn@20 xen,evtchn <20 0xfffffffe>"),
        Key("DBG_FDT_PRINT_CHOSEN=1", "print /chosen"),
    ]

    @Test(arguments: keys)
    func writesItsLines(key: Key) throws {
        let files = try TestBuild()
        try files.write("policy", [0x8c, 0xff, 0x7c, 0xf9] + [UInt8](repeating: 0, count: 60))
        let (result, _) = try files.good(Footgun.twoDomains + key.lines)
        let lines = result.text.split(separator: "\n")
        for edit in key.edits {
            #expect(lines.contains { $0 == "fdt " + edit }, "\(edit)\n\(result.text)")
        }
        // U-Boot takes every line.
        #expect(result.record?.commands.allSatisfy { $0.status ?? 0 == 0 } ?? false)
    }

    @Test func noVirtualUARTHasNoConsole() throws {
        let (_, tree) = try TestBuild().good(Footgun.oneDomain + "DOMU_VPL011[0]=0")
        #expect(tree["/chosen/domU0"]?.property("vpl011") == nil)
        #expect(tree["/chosen/domU0"]?.children.first?.property("bootargs")?.string == "")
    }

    @Test func thePolicyFollowsXen() throws {
        let files = try TestBuild()
        try files.write("policy", [0x8c, 0xff, 0x7c, 0xf9] + [UInt8](repeating: 0, count: 60))
        let (result, tree) = try files.good("XEN_POLICY=policy")
        #expect(result.plan.files.map(\.role).suffix(3) == [.xen, .policy, .deviceTree])
        let address = hexadecimal(try #require(result.plan[.policy]).address, upper: true)
        let node = try #require(tree["/chosen/xen-policy@\(address)"])
        #expect(node.property("compatible")?.strings == ["xen,xsm-policy", "xen,multiboot-module", "multiboot,module"])
    }

    @Test func eachKindOfFileHasItsLoadCommand() throws {
        let files = try TestBuild()
        let result = try files.build(
            try files.base(
                Footgun.oneDomain
                    + "XEN_LOAD='load mmc 0:1'\nDOM0_LOAD='load usb 0:1'\nDOMU_LOAD[0]='load scsi 0:2'\nBITSTREAM=fpga.bit"
            )
        )
        #expect(result.errors == [])
        let loads = result.text.split(separator: "\n").filter { $0.contains("load ") || $0.hasPrefix("tftpb") }
        #expect(
            loads.map { $0.split(separator: " 0x")[0] } == [
                "load usb 0:1", "load scsi 0:2", "load mmc 0:1", "load mmc 0:1", "tftpb", "fpga load 0",
            ])
        #expect(result.record?.handOff != nil)
    }

    @Test func aChannelWithoutItsPeerIsAnError() throws {
        let files = try TestBuild()
        for lines in [
            "DOMU_STATIC_EVTCHNS[0]='10 1 20'", "DOMU_STATIC_EVTCHNS[0]='10 1 20'\nDOMU_STATIC_EVTCHNS[1]='20 0 11'",
            "DOMU_STATIC_EVTCHNS[0]='10 7 20'",
        ] {
            let result = try files.build(try files.base(Footgun.twoDomains + lines))
            #expect(result.errors.contains { $0.contains("does not lead back") }, "\(result.errors)")
        }
    }
}
