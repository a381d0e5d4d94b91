/// What is wrong with a YAML text, and where.
public struct YAMLError: Error, Sendable, Equatable {
    /// The kinds of mistakes; the sentence is made in `description`.
    public enum Reason: Sendable, Equatable {
        /// The text is not YAML.
        case syntax(Syntax)
        /// No document: nothing, or only comments.
        case empty
        /// A second document begins.
        case severalDocuments
        /// More levels than the decoder's limit.
        case tooDeep(limit: Int)
        /// More values than the decoder's limit, each use of an alias counted.
        case tooManyNodes(limit: Int)
        /// An alias without an anchor before it, or inside its own anchor.
        case unknownAnchor(String)
        /// A `!tag`.
        case tag(String)
        /// A sequence or mapping as a key.
        case keyNotScalar
        /// The merge key `<<`, which is not part of YAML 1.2.
        case mergeKey
        /// A key for the second time; `first` is where it stood before.
        case duplicateKey(String, first: SourceMark)
        /// A key that the type does not know; `known` may be empty when the type did not tell.
        case unknownKey(String, known: [String])
        /// A required key is absent; the place is the mapping.
        case missingKey(String)
        /// A sequence ended before the type had what it wanted.
        case tooFewItems(have: Int)
        /// Another shape or another kind of text than wanted.
        case wrongType(expected: Expectation, found: Found)
        /// A text that is none of a closed set; `allowed` may be empty when the type did not tell.
        case unknownValue(String, allowed: [String])
        /// A decoded type refused the value, with the sentence it gave.
        case invalid(String)
    }

    /// What a type wanted.
    public enum Expectation: Sendable, Equatable {
        case text, bool, number, value, sequence, mapping
        /// The name of the Swift type whose range counts.
        case integer(String)
    }

    /// What stood there instead.
    public enum Found: Sendable, Equatable {
        case nothing, sequence, mapping
        /// The text of a scalar; `plain` when it had no quotes.
        case text(String, plain: Bool)
    }

    /// What is wrong.
    public var reason: Reason
    /// The value (or the key, for key errors) at fault.
    public var place: SourcePlace

    /// An error from its parts.
    public init(_ reason: Reason, at place: SourcePlace) {
        self.reason = reason
        self.place = place
    }

    /// The file, as given to the decoder.
    public var file: String { place.file }
    /// 1-based.
    public var line: Int { place.mark.line }
    /// 1-based, in Unicode scalars.
    public var column: Int { place.mark.column }
    /// `steps.[0].timeout`, empty for the whole document.
    public var path: String { place.path }
}

extension YAMLError {
    /// Why a text is not YAML.
    public enum Syntax: Sendable, Equatable {
        /// The parts that have an end of their own.
        public enum Part: Sendable, Equatable { case sequence, mapping, quotedText }

        /// A byte that no UTF-8 text has there.
        case invalidUTF8(byte: UInt8)
        /// A UTF-16 or UTF-32 text.
        case wideEncoding
        /// A character that YAML does not allow unescaped.
        case controlCharacter(UInt32)
        /// A tab where spaces must be.
        case tab
        /// A character that no value begins with.
        case unexpectedCharacter(Unicode.Scalar)
        /// A part whose end is missing.
        case unclosed(Part, opened: SourceMark)
        /// A `: ` inside a value, or a key indented too far.
        case unexpectedColon
        /// A `- ` where no sequence can begin.
        case unexpectedDash
        /// A key without its colon; the place is the key.
        case missingColon
        /// Something that no value begins with, or the end of the text, where a value must be.
        case missingValue
        /// More text after the value that is the document.
        case afterDocument
        /// An `&` or `*` without a name.
        case missingAnchorName
        /// An entry whose indentation fits no open sequence or mapping.
        case indentation(Part, opened: SourceMark)
        /// An unknown or incomplete `\` escape in a double-quoted text.
        case escape
        /// Anything rarer, in libyaml's words.
        case other(String)
    }
}
