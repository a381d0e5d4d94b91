@testable import UBoot

/// A disk with an MBR or a GPT.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzMachine.run(
        disk: bytes(start, count),
        "virtio scan\npart list virtio 0\npart uuid virtio 0:1 u\npart start virtio 0 2 s\npart size virtio 0 5 z\nls virtio 0:1 /"
    )
    return 0
}
