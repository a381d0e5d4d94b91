import Testing

@testable import Emulation

struct QMPReaderTests {
    private static let stream = """
        {"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "x"}, "capabilities": ["oob"]}}\r
        {"return": {}, "id": 1}\r
        {"timestamp": {"seconds": 1, "microseconds": 2}, "event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}}\r
        {"id": 2, "error": {"class": "GenericError", "desc": "no"}}\r

        """

    private static let messages: [QMPMessage] = [
        .greeting(version: "7.2.22"), .result(1, .object([:])),
        .event(QMPEvent(name: "SHUTDOWN", data: .object(["guest": .bool(true), "reason": .string("guest-reset")]))),
        .failure(2, description: "no"),
    ]

    @Test(arguments: [1, 2, 3, 7, 64, 4096])
    func messagesDoNotDependOnHowBytesArrive(_ size: Int) throws {
        var reader = QMPReader()
        var messages: [QMPMessage] = []
        let bytes = Array(Self.stream.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(messages == Self.messages)
    }

    @Test(arguments: ["hello\n", "{}\n", "[1]\n", "{\"event\": 3}\n", "{\"QMP\"\n", "\u{0}\n", "{\"error\": \n"])
    func whatIsNoMessageIsAnError(_ text: String) {
        var reader = QMPReader()
        #expect(throws: QMPError.malformed(String(text.dropLast()))) { try reader.read(Array(text.utf8)) }
    }

    @Test func endlessLineIsAnError() throws {
        var reader = QMPReader()
        let chunk = [UInt8](repeating: 0x20, count: QMPReader.lineLimit / 2)
        #expect(try reader.read(chunk) == [])
        #expect(try reader.read(chunk) == [])
        #expect(throws: QMPError.lineTooLong(limit: QMPReader.lineLimit)) { try reader.read([0x20]) }
    }

    @Test func deepNestingIsAnError() {
        var reader = QMPReader()
        let text = String(repeating: "[", count: 200_000) + "\n"
        #expect(throws: QMPError.self) { try reader.read(Array(text.utf8)) }
    }
}
