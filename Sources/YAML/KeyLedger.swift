internal import NearestName

/// Remembers which keys of one mapping a type knows, so that the others can be reported once it is done.
///
/// All containers that a type takes from one decoder share a ledger: a key is unknown when none of them knows it.
final class KeyLedger {
    let cursor: Cursor
    private var isAsked = false
    private var accepted: Set<String> = []
    private var known: [String] = []
    private var knownSet: Set<String> = []
    private var nested: [KeyLedger] = []
    private var entryIndices: [String: Int] = [:]

    init(_ cursor: Cursor) { self.cursor = cursor }

    var entries: [YAMLNode.Entry] {
        guard case .mapping(let entries) = cursor.node.content else { return [] }
        return entries
    }

    /// A keyed container of `type` begins: the keys that it can hold are accepted.
    func open<K: CodingKey>(_ type: K.Type) throws(YAMLError) {
        guard case .mapping(let entries) = cursor.node.content else { throw cursor.mismatch(.mapping) }
        if !isAsked {
            isAsked = true
            for (index, entry) in entries.enumerated() { entryIndices[entry.key] = index }
        }
        for entry in entries where K(stringValue: entry.key) != nil { accepted.insert(entry.key) }
        if let listed = type as? any CaseIterable.Type { Self.keys(listed).forEach(note) }
    }

    /// Notes that a key was asked for, and gives its entry.
    func entry(_ key: String) -> YAMLNode.Entry? {
        note(key)
        return entryIndices[key].map { entries[$0] }
    }

    /// A container inside this one that no decode call of its own will check.
    func nest(_ cursor: Cursor) -> KeyLedger {
        let ledger = KeyLedger(cursor)
        nested.append(ledger)
        return ledger
    }

    /// The first key that nobody knows, here or in a nested container.
    func unknownKey() -> YAMLError? {
        if let entry = unknown.first { return error(entry) }
        for ledger in nested {
            if let error = ledger.unknownKey() { return error }
        }
        return nil
    }

    /// For a type that failed: an unknown key that is near one that was asked for and is not there.
    ///
    /// The list of known keys is not complete then, so a key that is near none may still be right. If nothing was asked
    /// for at all (an enum whose case is the key), any unknown key is the cause.
    func misspelling() -> YAMLError? {
        let absent = known.filter { entryIndices[$0] == nil }
        for entry in unknown where known.isEmpty || nearestName(to: entry.key, among: absent) != nil {
            return error(entry, known: absent)
        }
        for ledger in nested {
            if let error = ledger.misspelling() { return error }
        }
        return nil
    }

    private var unknown: [YAMLNode.Entry] {
        isAsked ? entries.filter { !accepted.contains($0.key) && !knownSet.contains($0.key) } : []
    }

    private func note(_ key: String) {
        if knownSet.insert(key).inserted { known.append(key) }
    }

    private func error(_ entry: YAMLNode.Entry, known: [String]? = nil) -> YAMLError {
        let place = SourcePlace(file: entry.value.file ?? cursor.file, mark: entry.keyMark, path: cursor.path.text)
        return YAMLError(.unknownKey(entry.key, known: known ?? self.known), at: place)
    }

    private static func keys<C: CaseIterable>(_: C.Type) -> [String] {
        C.allCases.compactMap { ($0 as? any CodingKey)?.stringValue }
    }
}
