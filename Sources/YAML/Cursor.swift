/// A node together with where it stands; turns it into values and errors.
struct Cursor {
    var node: YAMLNode
    var file: String
    var path: [PathStep]

    var place: SourcePlace { SourcePlace(file: node.file ?? file, mark: node.mark, path: path.text) }

    func child(_ node: YAMLNode, _ step: PathStep) -> Cursor {
        Cursor(node: node, file: file, path: path + [step])
    }

    func error(_ reason: YAMLError.Reason) -> YAMLError { YAMLError(reason, at: place) }

    func mismatch(_ expected: YAMLError.Expectation) -> YAMLError {
        let found: YAMLError.Found =
            switch node.content {
            case .scalar(_, plain: true) where node.isNull: .nothing
            case .scalar(let text, let plain): .text(text, plain: plain)
            case .sequence: .sequence
            case .mapping: .mapping
            }
        return error(.wrongType(expected: expected, found: found))
    }

    /// The node as a `T`, all keys of its mappings known to the types that asked for them.
    func decode<T: Decodable>(_ type: T.Type) throws(YAMLError) -> T {
        if let scalar = ScalarTypes.find(type), let value = try read(scalar) as? T { return value }
        let ledger = KeyLedger(self)
        let value: T
        do {
            value = try T(from: NodeDecoder(cursor: self, ledger: ledger))
        } catch {
            throw ledger.misspelling() ?? placed(error, decoding: type)
        }
        if let unknown = ledger.unknownKey() { throw unknown }
        return value
    }

    private func read(_ type: any ScalarValue.Type) throws(YAMLError) -> any ScalarValue {
        guard case .scalar(let text, let plain) = node.content, let value = type.read(text, plain: plain) else {
            throw mismatch(type.expectation)
        }
        return value
    }

    /// The error of a type's own `init(from:)` as one of ours, at this node unless it already has a place.
    private func placed(_ error: any Error, decoding type: Any.Type) -> YAMLError {
        if let error = error as? YAMLError { return error }
        guard let error = error as? DecodingError else { return self.error(.invalid(String(describing: error))) }
        switch error {
        case .keyNotFound(let key, _): return self.error(.missingKey(key.stringValue))
        case .valueNotFound: return mismatch(.value)
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            if type is any RawRepresentable.Type, case .scalar(let text, _) = node.content {
                return self.error(.unknownValue(text, allowed: allowedTexts(type)))
            }
            return self.error(.invalid(context.debugDescription))
        @unknown default: return self.error(.invalid(String(describing: error)))
        }
    }

    /// The raw values of an enum that lists its cases, else nothing.
    private func allowedTexts(_ type: Any.Type) -> [String] {
        func texts<C: CaseIterable>(_: C.Type) -> [String] {
            C.allCases.compactMap { value in
                (value as? any RawRepresentable).map { String(describing: $0.rawValue) }
            }
        }
        guard let type = type as? any CaseIterable.Type else { return [] }
        return texts(type)
    }
}
