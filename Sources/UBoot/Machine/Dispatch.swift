import Compression
import DeviceTree
import Digest

extension Machine {
    /// Finds a command, runs it and gives the number that the shell goes on with.
    mutating func call(_ words: [ByteString], at place: ScriptPlace) throws(MachineStop) -> Int {
        guard let word = words.first else { return 0 }
        guard case .found(let definition) = commands.find(word) else {
            return try refuse(words, at: place)
        }
        let number = recordCommand(words, name: definition.name, outcome: .done, status: nil, at: place)
        let caller = recorder.currentPlace
        let command = recorder.currentCommand
        recorder.currentPlace = place
        recorder.currentCommand = number
        defer {
            recorder.currentPlace = caller
            recorder.currentCommand = command
        }
        let call = CommandCall(
            words: words, definition: definition, place: place, isRepeated: isRepeating, wordMask: wordMask)
        if !definition.isRepeatable { canRepeat = false }
        let status = try perform(call, number: number)
        recorder.finish(number, status: status, outputEnd: console.count)
        return status
    }

    /// What comes of a word that is no command of the board.
    private mutating func refuse(_ words: [ByteString], at place: ScriptPlace) throws(MachineStop) -> Int {
        if unknownCommands == .ignore {
            recordCommand(words, name: nil, outcome: .ignored, status: 0, at: place)
            return 0
        }
        printFormatted("Unknown command '\(words[0])' - try 'help'\n")
        recordCommand(words, name: nil, outcome: .unknown, status: 1, at: place)
        if unknownCommands == .error { throw .unknownCommand(words[0]) }
        return 1
    }

    /// Says that a library is missing.
    private mutating func lack(_ problem: String, of number: Int) -> CommandStatus {
        recorder.mark(number, .unsimulated)
        print("ibtest: \(problem)\n")
        return .failure
    }

    private mutating func perform(_ call: CommandCall, number: Int) throws(MachineStop) -> Int {
        let definition = call.definition
        var status = CommandStatus.usage
        if call.count >= definition.minimumArguments, call.count <= mostArguments(of: definition) {
            guard let body = definition.body else {
                return answerFromBoard(call).rawValue
            }
            do {
                status = try body(call, &self)
            } catch let stop as MachineStop {
                recorder.finish(number, status: nil, outputEnd: console.count)
                throw stop
            } catch let fault as MemoryFault {
                recorder.finish(number, status: nil, outputEnd: console.count)
                throw abort(fault)
            } catch let error as CryptoError {
                status = lack(error.description, of: number)
            } catch let error as CompressionError {
                status = lack(error.description, of: number)
            } catch is FDTError {
                // A damaged tree: U-Boot's own functions give up in the middle, silently.
                status = .failure
            } catch {
                preconditionFailure("the command '\(definition.name)' threw \(error)")
            }
        }
        guard status == .usage else { return status.rawValue }
        recorder.mark(number, .usage)
        print(definition.usageText)
        return 1
    }

    /// The most words that a command takes: the board's own limit where the definition names no other.
    private func mostArguments(of definition: CommandDefinition) -> Int {
        let most = definition.maximumArguments
        return most == CommandDefinition.usualLimit ? description.argumentLimit : most
    }

    /// Answers a call that ibtest does not execute as the board's description says, if it does.
    mutating func answerFromBoard(_ call: CommandCall) -> CommandStatus {
        if let answer = answer(to: call) {
            print(answer)
            return .success
        }
        recorder.markCurrent(.unsimulated)
        print("ibtest: the command '\(call.definition.name)' is not simulated\n")
        return .failure
    }

    /// What the board's description gives as the answer to a command line; nil if it has none.
    private func answer(to call: CommandCall) -> ByteString? {
        let words = [ByteString(utf8: call.definition.name)] + call.words.dropFirst()
        let line = ByteString(words.map(\.bytes).joined(separator: [UInt8(ascii: " ")]))
        guard let template = description.answers[line] else { return nil }
        var text: [UInt8] = []
        var rest = template.bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            let name = rest[(open + 1)...].prefix { $0 != UInt8(ascii: "}") }
            guard name.endIndex < rest.endIndex else { break }
            text += rest[..<open] + (environment[ByteString(name)]?.bytes ?? Array("<NULL>".utf8))
            rest = rest[(name.endIndex + 1)...]
        }
        return ByteString(text + rest)
    }

    /// What the board does on a bus error.
    ///
    /// Divergence: U-Boot prints its registers between these lines, which a simulation cannot know.
    private mutating func abort(_ fault: MemoryFault) -> MachineStop {
        print("\"Synchronous Abort\" handler\nResetting CPU ...\n\nresetting ...\n")
        return .abort(fault)
    }

    /// Notes a command before it runs and gives its number.
    @discardableResult
    mutating func recordCommand(
        _ words: [ByteString], name: String?, outcome: CommandRecord.Outcome, status: Int?, at place: ScriptPlace
    ) -> Int {
        guard recorder.hasRoom else { return recorder.count() }
        var record = CommandRecord(place: place, callers: callers, words: words, name: name, outcome: outcome)
        record.status = status
        record.isTested = testDepth > 0
        record.unsetVariables = recorder.unsetVariables
        recorder.unsetVariables = []
        record.outputStart = console.count
        record.outputEnd = console.count
        return recorder.add(record)
    }
}
