/// Decodes one LZMA stream (LZMA specification of the 7-Zip project, 2015) into memory that is its dictionary too.
struct LZMADecoder {
    private enum Failure: Error {
        case inputEnds, damaged
    }

    /// Where each group of probabilities begins.
    private enum Model {
        static let isMatch = 0
        static let isRepeat = isMatch + 12 * 16
        static let isRepeat0 = isRepeat + 12
        static let isRepeat1 = isRepeat0 + 12
        static let isRepeat2 = isRepeat1 + 12
        static let isLongRepeat0 = isRepeat2 + 12
        static let distanceSlot = isLongRepeat0 + 12 * 16
        static let distanceBits = distanceSlot + 4 * 64
        static let alignment = distanceBits + 128
        static let matchLength = alignment + 16
        static let repeatLength = matchLength + Length.count
        static let literal = repeatLength + Length.count

        /// The parts of a model of lengths: three ranges, the lower two by position.
        enum Length {
            static let low = 2
            static let middle = low + 16 * 8
            static let high = middle + 16 * 8
            static let count = high + 256
        }
    }

    private var input: [UInt8]
    /// Where in the input the output begins, if it is written over it; such a stream damages itself.
    private let outputPlace: Int?
    private var next: Int
    private var range: UInt32 = .max
    private var code: UInt32 = 0

    private let literalContextBits: Int
    private let literalPositionMask: Int
    private let positionMask: Int
    private let dictionarySize: Int

    private var models: [UInt16]
    private var state = 0
    private var distances = [0, 0, 0, 0]
    private var position = 0

    /// Begins at the stream's first byte, of which five are there; `properties` is below 225.
    init(_ input: [UInt8], from start: Int, properties: UInt8, dictionary: UInt32, outputPlace: Int? = nil) {
        self.input = input
        self.outputPlace = outputPlace
        literalContextBits = Int(properties % 9)
        literalPositionMask = 1 << Int(properties / 9 % 5) - 1
        positionMask = 1 << Int(properties / 45) - 1
        dictionarySize = max(Int(dictionary), 1 << 12)
        let literals = 0x300 << (literalContextBits + Int(properties / 9 % 5))
        models = [UInt16](repeating: 1024, count: Model.literal + literals)
        for index in 1..<5 { code = code << 8 | UInt32(input[start + index]) }
        next = start + 5
    }

    /// Decodes up to the end of the stream, or until `limit` bytes are there and the stream has to end.
    mutating func run(into output: inout MutableRawSpan, limit: Int) -> LZMA.Result {
        do {
            while true {
                if position == limit, code == 0 { return LZMA.Result(code: 0, byteCount: position) }
                if try !step(&output, limit) { return LZMA.Result(code: 0, byteCount: position) }
            }
        } catch {
            return LZMA.Result(code: error == .inputEnds ? 6 : 1, byteCount: position)
        }
    }

    /// One literal or match; false at the mark of the stream's end.
    private mutating func step(_ output: inout MutableRawSpan, _ limit: Int) throws(Failure) -> Bool {
        let positionState = position & positionMask
        if try bit(Model.isMatch + state * 16 + positionState) == 0 {
            guard position < limit else { throw .damaged }
            try literal(&output)
            return true
        }
        let length: Int
        if try bit(Model.isRepeat + state) == 0 {
            length = try self.length(Model.matchLength, positionState)
            distances = [0] + distances.prefix(3)
            state = state < 7 ? 7 : 10
            let distance = try self.distance(length)
            if distance == 0xffff_ffff {
                try normalise()
                guard code == 0 else { throw .damaged }
                return false
            }
            distances[0] = Int(distance)
        } else {
            guard position < limit, position > 0 else { throw .damaged }
            if try repeated(positionState) {
                guard distances[0] < position else { throw .damaged }
                store(byte(output, back: distances[0]), &output)
                return true
            }
            length = try self.length(Model.repeatLength, positionState)
            state = state < 7 ? 8 : 11
        }
        guard position < limit, distances[0] < position, distances[0] < dictionarySize else { throw .damaged }
        let count = min(length, limit - position)
        for _ in 0..<count {
            store(byte(output, back: distances[0]), &output)
        }
        guard count == length else { throw .damaged }
        return true
    }

    private mutating func store(_ byte: UInt8, _ output: inout MutableRawSpan) {
        output.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
        if let outputPlace, input.indices.contains(outputPlace + position) { input[outputPlace + position] = byte }
        position += 1
    }

    /// Chooses among the last four distances; true for a single byte at the last one.
    private mutating func repeated(_ positionState: Int) throws(Failure) -> Bool {
        if try bit(Model.isRepeat0 + state) == 0 {
            if try bit(Model.isLongRepeat0 + state * 16 + positionState) == 0 {
                state = state < 7 ? 9 : 11
                return true
            }
            return false
        }
        let index = try bit(Model.isRepeat1 + state) == 0 ? 1 : try bit(Model.isRepeat2 + state) == 0 ? 2 : 3
        distances.insert(distances.remove(at: index), at: 0)
        return false
    }

    private mutating func literal(_ output: inout MutableRawSpan) throws(Failure) {
        let before = position > 0 ? Int(byte(output, back: 0)) : 0
        let context =
            (position & literalPositionMask) << literalContextBits + before >> (8 - literalContextBits)
        let base = Model.literal + 0x300 * context
        var symbol = 1
        if state >= 7 {
            var match = distances[0] < position ? Int(byte(output, back: distances[0])) : 0
            while symbol < 0x100 {
                let matchBit = match >> 7 & 1
                match <<= 1
                let found = try bit(base + (1 + matchBit) << 8 + symbol)
                symbol = symbol << 1 | found
                if found != matchBit { break }
            }
        }
        while symbol < 0x100 { symbol = try symbol << 1 | bit(base + symbol) }
        store(UInt8(truncatingIfNeeded: symbol), &output)
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
    }

    private mutating func length(_ model: Int, _ positionState: Int) throws(Failure) -> Int {
        if try bit(model) == 0 { return try 2 + tree(model + Model.Length.low + positionState * 8, 3) }
        if try bit(model + 1) == 0 { return try 10 + tree(model + Model.Length.middle + positionState * 8, 3) }
        return try 18 + tree(model + Model.Length.high, 8)
    }

    private mutating func distance(_ length: Int) throws(Failure) -> UInt32 {
        let slot = try tree(Model.distanceSlot + min(length - 2, 3) * 64, 6)
        guard slot >= 4 else { return UInt32(slot) }
        let directBits = slot >> 1 - 1
        var distance = UInt32(2 | slot & 1) << UInt32(directBits)
        if slot < 14 {
            return distance + UInt32(try reversedTree(Model.distanceBits + Int(distance) - slot, directBits))
        }
        var direct: UInt32 = 0
        for _ in 0..<(directBits - 4) {
            try normalise()
            range >>= 1
            let isOne = code >= range
            if isOne { code &-= range }
            direct = direct << 1 | (isOne ? 1 : 0)
        }
        distance = distance &+ direct << 4
        return distance &+ UInt32(try reversedTree(Model.alignment, 4))
    }

    // MARK: Bits

    /// A number whose bits come from the top.
    private mutating func tree(_ model: Int, _ bits: Int) throws(Failure) -> Int {
        var node = 1
        for _ in 0..<bits { node = try node << 1 | bit(model + node) }
        return node - 1 << bits
    }

    /// A number whose bits come from the bottom.
    private mutating func reversedTree(_ model: Int, _ bits: Int) throws(Failure) -> Int {
        var node = 1
        var value = 0
        for index in 0..<bits {
            let found = try bit(model + node)
            node = node << 1 | found
            value |= found << index
        }
        return value
    }

    private mutating func normalise() throws(Failure) {
        guard range < 1 << 24 else { return }
        guard next < input.count else { throw .inputEnds }
        range <<= 8
        code = code << 8 | UInt32(input[next])
        next += 1
    }

    private mutating func bit(_ model: Int) throws(Failure) -> Int {
        try normalise()
        let probability = models[model]
        let bound = (range >> 11) * UInt32(probability)
        if code < bound {
            range = bound
            models[model] = probability + (2048 - probability) >> 5
            return 0
        }
        range -= bound
        code -= bound
        models[model] = probability - probability >> 5
        return 1
    }

    private func byte(_ output: borrowing MutableRawSpan, back distance: Int) -> UInt8 {
        unsafe output.bytes.unsafeLoad(fromByteOffset: position - distance - 1, as: UInt8.self)
    }
}
