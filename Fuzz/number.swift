import UBoot

@testable import ImageBuilder

/// A value of a config, read by every key.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    _ = try? NumberText.parse(input)
    for key in KeyTable.all { _ = try? key.type.value(input) }
    return 0
}
