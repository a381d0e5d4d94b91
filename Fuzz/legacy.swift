@testable import UBoot

/// A legacy image.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    FuzzMachine.run(
        bytes(start, count),
        "iminfo 48000000\nimxtract 48000000 0\nimxtract 48000000 1 49000000\nsource 48000000\nbootm 48000000")
    return 0
}
