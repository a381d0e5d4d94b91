@testable import UBoot

/// A text, a block or a block with a checksum that `env import` reads; the first byte chooses.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    guard let choice = input.first else { return 0 }
    let options = ["-t", "-b", "-c", "-t -r", "-d -t", "-d -b", "-d -t -r", "-d -t"][Int(choice & 7)]
    let names = choice & 8 == 0 ? "" : "a l .flags ethaddr"
    let size = choice & 16 == 0 ? String(input.count, radix: 16) : options == "-c" ? "40" : "-"
    FuzzMachine.run(
        Array(input.dropFirst()), "env import \(options) 48000000 \(size) \(names)\nprintenv\nenv export -t 49000000")
    return 0
}
