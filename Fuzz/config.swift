import UBoot

@testable import ImageBuilder

/// A config for ImageBuilder: it is read, and all its values are.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    if let variables = try? ConfigParser.parse(input, name: "config") { _ = TypedConfig(variables) }
    return 0
}
