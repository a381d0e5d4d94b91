internal import FoundationEssentials

/// A conversation with QEMU's monitor over a socket; commands may be given from the start.
final class QMPClient {
    typealias Answer = (Result<JSONValue, QMPError>) -> Void

    private var channel: Channel?
    private var reader = QMPReader()
    private var number: Int64 = 0
    private var asked: [Int64: (command: String, answer: Answer)] = [:]
    private let happened: (QMPEvent) -> Void
    private let failed: (QMPError) -> Void
    private(set) var version: String?

    /// - Parameters:
    ///   - loop: reads the socket.
    ///   - descriptor: the socket.
    ///   - happened: is called for each event.
    ///   - failed: is called once, when the monitor says what cannot be understood.
    init(
        _ loop: EventLoop, _ descriptor: Descriptor, happened: @escaping (QMPEvent) -> Void,
        failed: @escaping (QMPError) -> Void
    ) {
        self.happened = happened
        self.failed = failed
        channel = Channel(
            loop, descriptor, received: { [weak self] in self?.receive($0) },
            ended: { [weak self] in
                self?.end()
            })
        execute("qmp_capabilities") { _ in }
    }

    /// Asks QEMU to do something; `answer` is called once, also when QEMU ends.
    func execute(_ command: String, _ arguments: [String: JSONValue] = [:], answer: @escaping Answer) {
        guard let channel, channel.isOpen else { return answer(.failure(.closed(command: command))) }
        number += 1
        asked[number] = (command, answer)
        let message: JSONValue = .object([
            "execute": .string(command), "arguments": .object(arguments), "id": .integer(number),
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(message) else { preconditionFailure("a JSON value is no JSON") }
        channel.send(Array(data) + [UInt8(ascii: "\n")])
    }

    /// Takes what is still to be read.
    func drain() { channel?.drain() }

    private func receive(_ bytes: [UInt8]) {
        do throws(QMPError) {
            for message in try reader.read(bytes) {
                switch message {
                case .greeting(let version): self.version = version
                case .event(let event): happened(event)
                case .result(let number, let value): asked.removeValue(forKey: number)?.answer(.success(value))
                case .failure(let number, let description):
                    guard let (command, answer) = asked.removeValue(forKey: number) else { continue }
                    answer(.failure(.refused(command: command, description: description)))
                }
            }
        } catch {
            channel?.close()
            failed(error)
            end()
        }
    }

    private func end() {
        let left = asked.sorted { $0.key < $1.key }
        asked = [:]
        for (_, question) in left { question.answer(.failure(.closed(command: question.command))) }
    }
}
