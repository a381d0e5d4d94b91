@testable import UBoot

/// A disk with a FAT file system on all of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzMachine.run(
        disk: bytes(start, count),
        """
        virtio scan
        fstype virtio 0
        fatinfo virtio 0
        fatls virtio 0 /
        ls virtio 0 sub
        size virtio 0 sub/file.txt
        load virtio 0 48000000 long-name.bin
        load virtio 0 48000000 sub/file.txt 10 3
        """)
    return 0
}
