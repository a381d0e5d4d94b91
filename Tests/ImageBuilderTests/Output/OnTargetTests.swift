import DeviceTree
import Testing
import UBoot

@testable import ImageBuilder

/// Scripts that work addresses and sizes out as they go.
struct OnTargetTests {
    private func build(_ lines: String, in files: TestBuild, board: String? = nil) throws -> BuildResult {
        try files.build(try files.base(lines), board: board) { $0.computesOnTarget = true }
    }

    @Test func theAddressesAreThoseOfThePlan() throws {
        let files = try TestBuild()
        let result = try build(
            Footgun.twoDomains + "DOM0_RAMDISK=ramdisk.cpio\nDOMU_RAMDISK[1]=ramdisk.cpio.gz\n", in: files)
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        for file in result.plan.files {
            let name = file.role.imageName
            #expect(result.record?.environment["\(name)_addr"]?.display == hexadecimal(file.address), "\(name)")
            #expect(result.record?.environment["\(name)_size"]?.display == hexadecimal(file.size), "\(name)")
        }
        let tree = try #require(result.tree)
        let kernel = try #require(result.plan[.domainKernel(1)])
        #expect(
            tree["/chosen/domU1/module-domU1_kernel"]?.property("reg")?.cells == [
                0, UInt32(kernel.address), 0, UInt32(kernel.size),
            ])
    }

    @Test func filesNeedNotBeHere() throws {
        let files = try TestBuild()
        let result = try build("DOM0_KERNEL=later\nDEVICE_TREE=later.dtb", in: files)
        #expect(result.errors == [])
        #expect(result.findings.filter { $0.rule == "IB-FILE-MISSING" }.map(\.severity) == [.warning, .warning])
        #expect(result.record == nil)
        #expect(result.text.contains("tftpb ${memaddr} later\nsetenv dom0_linux_addr ${memaddr}\n"))
        #expect(result.output("boot.scr") != nil)
    }

    @Test(arguments: [nil, "qemu-arm64-virt"])
    func withoutATreeACopyOfUBootsIsEdited(board: String?) throws {
        let files = try TestBuild()
        let result = try build("DEVICE_TREE=", in: files, board: board)
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        #expect(result.tree?["/chosen/dom0"] != nil)
        #expect(result.tree?["/pl011@9000000"] != nil)
    }

    @Test func linuxAloneGetsItsRamdisk() throws {
        let files = try TestBuild()
        let result = try files.build(
            """
            MEMORY_START=0x40000000
            MEMORY_END=0x80000000
            DEVICE_TREE=board.dtb
            LINUX=Image
            LINUX_RAMDISK=ramdisk.cpio
            UBOOT_SOURCE=boot.source
            """
        ) { $0.computesOnTarget = true }
        #expect(result.errors == [])
        let chosen = try #require(result.tree?["/chosen"])
        let ramdisk = try #require(result.plan[.linuxRamdisk])
        #expect(chosen.property("linux,initrd-start")?.u32 == UInt32(ramdisk.address))
        #expect(chosen.property("linux,initrd-end")?.u32 == UInt32(ramdisk.address + ramdisk.size))
    }

    @Test(arguments: [
        ("FIT=boot.fit", "a FIT is loaded at once"), ("BOOT_CMD=bootm", "-s and bootm exclude each other"),
        ("DEVICE_TREE=\nNUM_CPUPOOLS=1\nCPUPOOL[0]=cpu@1", "CPU pools need DEVICE_TREE"),
        ("DOM0_KERNEL=later\nFDTEDIT=ref.dtb", "cannot be made without all files"),
    ])
    func whatCannotBeIsAnError(lines: String, message: String) throws {
        let result = try build(lines, in: try TestBuild())
        #expect(result.errors.contains { $0.contains(message) }, "\(result.errors)")
        #expect(result.outputs.outputs.isEmpty)
    }
}
