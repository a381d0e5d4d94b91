extension YAMLError.Syntax {
    /// Our word for libyaml's problem text; `opened` is where its context began, `found` what stands at the place.
    init(problem: String, context: String, opened: SourceMark, found: Unicode.Scalar?) {
        if problem.contains("tab character") || (found == "\t" && problem.contains("cannot start")) {
            self = .tab
            return
        }
        self =
            switch problem {
            case "found character that cannot start any token":
                found.map { .unexpectedCharacter($0) } ?? .other(problem)
            case "did not find expected ',' or ']'": .unclosed(.sequence, opened: opened)
            case "did not find expected ',' or '}'": .unclosed(.mapping, opened: opened)
            case "found unexpected end of stream", "found unexpected document indicator":
                context.contains("quoted") ? .unclosed(.quotedText, opened: opened) : .other(problem)
            case "mapping values are not allowed in this context": .unexpectedColon
            case "block sequence entries are not allowed in this context": .unexpectedDash
            case "could not find expected ':'": .missingColon
            case "did not find expected node content": .missingValue
            case "did not find expected <document start>": .afterDocument
            case "did not find expected alphabetic or numeric character": .missingAnchorName
            case "did not find expected key": .indentation(.mapping, opened: opened)
            case "did not find expected '-' indicator": .indentation(.sequence, opened: opened)
            case "found unknown escape character", "did not find expected hexdecimal number",
                "found invalid Unicode character escape code":
                .escape
            default: .other(problem)
            }
    }
}
