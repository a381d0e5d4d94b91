/// Builds the one document of a text as a node, with limits on depth and size.
struct Composer: ~Copyable {
    /// A node with what it costs wherever an alias uses it.
    private struct Composed {
        var node: YAMLNode
        var nodeCount: Int
        var height: Int
    }

    private let file: String
    private let nodeLimit: Int
    private let depthLimit: Int
    private var parser: EventParser
    private var anchors: [String: Composed] = [:]
    private var path: [PathStep] = []
    private var nodeCount = 0

    static func compose(
        _ bytes: [UInt8], file: String, nodeLimit: Int, depthLimit: Int
    ) throws(YAMLError) -> YAMLNode {
        guard let text = SourceText(bytes) else {
            throw YAMLError(.syntax(.wideEncoding), at: SourcePlace(file: file, mark: .start, path: ""))
        }
        var composer = Composer(text, file: file, nodeLimit: nodeLimit, depthLimit: depthLimit)
        return try composer.document()
    }

    private init(_ text: SourceText, file: String, nodeLimit: Int, depthLimit: Int) {
        self.file = file
        self.nodeLimit = nodeLimit
        self.depthLimit = depthLimit
        parser = EventParser(text)
    }

    private mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try next()
        let start = try next()
        guard case .documentStart = start.kind else { throw error(.empty, at: .start) }
        let root = try node(try next(), depth: 1)
        _ = try next()
        let end = try next()
        guard case .streamEnd = end.kind else { throw error(.severalDocuments, at: end.mark) }
        return root.node
    }

    private mutating func next() throws(YAMLError) -> Event {
        let event: Event
        do {
            event = try parser.next()
        } catch {
            throw self.error(.syntax(error.syntax), at: error.mark)
        }
        if let tag = event.tag { throw error(.tag(tag), at: event.mark) }
        return event
    }

    private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> Composed {
        if case .alias(let name) = event.kind { return try alias(name, at: event.mark, depth: depth) }
        try count(1, at: event.mark)
        guard depth <= depthLimit else { throw error(.tooDeep(limit: depthLimit), at: event.mark) }
        // An alias inside its own anchor would be endless, so the name means nothing until the node is complete.
        if let anchor = event.anchor { anchors[anchor] = nil }
        let before = nodeCount - 1
        let content: YAMLNode.Content
        var height = 1
        switch event.kind {
        case .scalar(let text, let plain): content = .scalar(text, plain: plain)
        case .sequenceStart: (content, height) = try sequence(depth: depth)
        case .mappingStart: (content, height) = try mapping(depth: depth)
        default: throw error(.syntax(.missingValue), at: event.mark)
        }
        let composed = Composed(
            node: YAMLNode(content: content, mark: event.mark), nodeCount: nodeCount - before, height: height)
        if let anchor = event.anchor { anchors[anchor] = composed }
        return composed
    }

    private mutating func alias(_ name: String, at mark: SourceMark, depth: Int) throws(YAMLError) -> Composed {
        guard let anchored = anchors[name] else { throw error(.unknownAnchor(name), at: mark) }
        try count(anchored.nodeCount, at: mark)
        guard depth + anchored.height - 1 <= depthLimit else { throw error(.tooDeep(limit: depthLimit), at: mark) }
        return anchored
    }

    private mutating func sequence(depth: Int) throws(YAMLError) -> (YAMLNode.Content, height: Int) {
        var items: [YAMLNode] = []
        var height = 0
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind { return (.sequence(items), height + 1) }
            path.append(.index(items.count))
            let item = try node(event, depth: depth + 1)
            path.removeLast()
            items.append(item.node)
            height = max(height, item.height)
        }
    }

    private mutating func mapping(depth: Int) throws(YAMLError) -> (YAMLNode.Content, height: Int) {
        var entries: [YAMLNode.Entry] = []
        var seen: [String: SourceMark] = [:]
        var height = 0
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { return (.mapping(entries), height + 1) }
            let key = try key(event)
            if let first = seen.updateValue(event.mark, forKey: key) {
                throw error(.duplicateKey(key, first: first), at: event.mark)
            }
            path.append(.key(key))
            let value = try node(try next(), depth: depth + 1)
            path.removeLast()
            entries.append(YAMLNode.Entry(key: key, keyMark: event.mark, value: value.node))
            height = max(height, value.height)
        }
    }

    /// The text of a key; an alias may stand for it.
    private mutating func key(_ event: Event) throws(YAMLError) -> String {
        switch event.kind {
        case .sequenceStart, .mappingStart: throw error(.keyNotScalar, at: event.mark)
        default: break
        }
        // No level of its own: the key of a mapping at the limit is fine.
        guard case .scalar(let text, let plain) = try node(event, depth: 1).node.content else {
            throw error(.keyNotScalar, at: event.mark)
        }
        guard !(plain && text == "<<") else { throw error(.mergeKey, at: event.mark) }
        return text
    }

    private mutating func count(_ more: Int, at mark: SourceMark) throws(YAMLError) {
        nodeCount += more
        guard nodeCount <= nodeLimit else { throw error(.tooManyNodes(limit: nodeLimit), at: mark) }
    }

    private func error(_ reason: YAMLError.Reason, at mark: SourceMark) -> YAMLError {
        YAMLError(reason, at: SourcePlace(file: file, mark: mark, path: path.text))
    }
}
