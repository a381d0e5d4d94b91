@testable import Scenarios

/// A serial line: every reader of a run takes it; taken apart in pieces of any size, it is the same as taken apart at once, and nothing is lost.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    guard let first = input.first else { return 0 }
    let payload: SerialSplitter.Payload = [.linux, .xen(hasDom0: true), .xen(hasDom0: false)][Int(first % 3)]
    let text = Array(input.dropFirst())
    let whole = streams(text, payload, size: max(1, text.count))
    precondition(whole == streams(text, payload, size: 1 + Int(first / 3)), "the pieces' sizes matter")
    judge(text, payload)
    precondition(whole.values.reduce(0) { $0 + $1.count } <= text.count, "text was made up")
    return 0
}

/// What a run does with the text, from U-Boot's prompt to the report.
private func judge(_ text: [UInt8], _ payload: SerialSplitter.Payload) {
    let file = "artifacts: {x: {file: x}}\nconfig: c\nexpect: {dom0: [a, {fact: b}, {never: c}], domU0: [{match: ^a}]}\n"
    guard let scenario = try? Scenario(text: Array(file.utf8), path: "s", name: "s") else { return }
    var splitter = SerialSplitter(payload)
    var driver = PromptDriver(["dhcp", "boot"])
    var judge = Judge(scenario, names: [0: "dom0", 1: "domU0"], expectedFailures: nil)
    var assembler = LineAssembler(source: .firmware)
    for piece in splitter.split(text) {
        if piece.source == .firmware { _ = driver.take(piece.bytes) }
        judge.hasStarted = driver.isDone
        for var line in assembler.add(piece.bytes, offset: 0, seconds: 0) {
            line.source = piece.source
            judge.take(line)
        }
    }
    let report = FailureReport(judge: judge, findings: [], phase: "domains", limit: nil, ending: nil)
    precondition(!report.failure().cause.isEmpty)
}

private func streams(_ text: [UInt8], _ payload: SerialSplitter.Payload, size: Int) -> [SerialSource: [UInt8]] {
    var splitter = SerialSplitter(payload)
    var streams: [SerialSource: [UInt8]] = [:]
    var assemblers: [SerialSource: LineAssembler] = [:]
    func add(_ pieces: [SerialSplitter.Piece]) {
        for piece in pieces {
            streams[piece.source, default: []] += piece.bytes
            var assembler = assemblers[piece.source] ?? LineAssembler(source: piece.source)
            for line in assembler.add(piece.bytes, offset: 0, seconds: 0) { _ = FailurePattern.find(in: line) }
            assemblers[piece.source] = assembler
        }
    }
    for start in stride(from: 0, to: text.count, by: size) {
        add(splitter.split(Array(text[start..<min(start + size, text.count)])))
    }
    add(splitter.finish())
    return streams
}
