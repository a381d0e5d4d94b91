@testable import UBoot

/// A menu file of syslinux in memory, which `pxe boot` reads and follows.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzMachine.run(
        bytes(start, count),
        """
        setenv kernel_addr_r 40400000
        setenv ramdisk_addr_r 44000000
        setenv fdt_addr_r 47000000
        pxe boot 48000000
        """)
    return 0
}
