import BootImages
import Testing
import UBoot

@testable import ImageBuilder

/// Every boot command, for Xen and for Linux alone, as a script, in FITs and with addresses worked out on the target.
struct BootCommandTests {
    enum Form: String, CaseIterable, Sendable {
        case script, fit, standardFIT, onTarget
    }

    private static let memory = """
        MEMORY_START=0x40000000
        MEMORY_END=0x80000000
        DEVICE_TREE=board.dtb
        UBOOT_SOURCE=boot.source

        """
    private static let xen = memory + "XEN=xen\nXEN_CMD=x\n" + Footgun.oneDomain + "DOMU_RAMDISK[0]=ramdisk.cpio\n"
    private static let linux = memory + "LINUX=Image\nLINUX_RAMDISK=ramdisk.cpio\n"

    private func build(_ config: String, _ form: Form, board: String? = nil) throws -> BuildResult {
        try TestBuild().build(config, board: board) { options in
            options.makesFIT = form == .fit
            if form == .standardFIT { options.loadCommand = "fit_std" }
            options.computesOnTarget = form == .onTarget
        }
    }

    @Test(arguments: ["booti", "bootm", "bootefi", "none"], Form.allCases)
    func aKernelIsStarted(command: String, form: Form) throws {
        for config in [Self.xen, Self.linux] {
            let result = try build(config + "BOOT_CMD=\(command)\n", form)
            if form == .onTarget, command == "bootm" {
                #expect(result.errors.contains { $0.contains("-s and bootm exclude each other") })
                continue
            }
            #expect(result.errors == [])
            let isNone = command == "none" && form != .standardFIT
            #expect((result.record?.handOff != nil) == !isNone, "\(result.record?.console.display.suffix(300) ?? "")")
            guard isNone else { continue }
            let kernel = try #require(result.plan.kernel)
            let value = result.record?.environment["host_kernel_addr"]?.display
            let address = hexadecimal(kernel.address, upper: form != .onTarget)
            #expect(value == (form == .onTarget ? address : "0x\(address)"))
        }
    }

    @Test(arguments: [Form.script, .onTarget])
    func bootzStartsAKernelOf32Bits(form: Form) throws {
        let config = Self.xen.replacing("XEN=xen", with: "XEN=zImage") + "BOOT_CMD=bootz\n"
        let result = try build(config, form, board: "qemu-arm-virt")
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil, "\(result.record?.console.display.suffix(300) ?? "")")
    }

    /// Upstream leaves the kernel of Linux alone as it is, which `bootm` refuses.
    @Test func linuxGetsAHeaderForBootm() throws {
        let result = try build(Self.linux + "BOOT_CMD=bootm\n", .script)
        let image = try #require(result.output("Image.ub"))
        #expect(image.count == 64 + 3 << 20)
        #expect(result.text.contains("tftpb 0x40400000 Image.ub\n"))
        let compatible = try TestBuild().build(Self.linux + "BOOT_CMD=bootm\n") { $0.isCompatible = true }
        #expect(compatible.errors == [])
        #expect(compatible.output("Image.ub") == nil)
        #expect(compatible.record?.handOff == nil)
    }

    @Test func aKernelThatHasAHeaderKeepsIt() throws {
        let files = try TestBuild()
        let image = LegacyImage(
            type: .kernel, architecture: .arm64, time: 0, loadAddress: 0x4040_0000)
        try files.write("uImage", try image.encode(data: TestBuild.image(runs: 1 << 20)))
        let result = try files.build(
            Self.linux.replacing("LINUX=Image", with: "LINUX=uImage") + "BOOT_CMD=bootm\n")
        #expect(result.errors == [])
        #expect(result.output("uImage.ub") == nil)
        #expect(result.record?.handOff != nil, "\(result.record?.console.display.suffix(300) ?? "")")
    }

    /// With its header, a file of a whole slot takes another one.
    @Test func theHeaderHasRoom() throws {
        let result = try build(Self.xen.replacing("XEN=xen", with: "XEN=Image-2m") + "BOOT_CMD=bootm\n", .script)
        let xen = try #require(result.plan[.xen])
        #expect(xen.size == (2 << 20) + 64)
        #expect(result.plan[.deviceTree]?.address == xen.address + (4 << 20))
    }
}
