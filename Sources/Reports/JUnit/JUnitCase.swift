/// A case of a report: one thing that was tested.
struct JUnitCase {
    /// What came of it, as the element that JUnit has for it.
    enum Outcome {
        case passed
        /// It was not as expected.
        case failure(kind: String, message: String, text: String)
        /// Nothing is known about it.
        case error(kind: String, message: String, text: String)
        /// It was not come to.
        case skipped(message: String)
    }

    /// The scenario and the domain.
    var className: String
    /// What was tested; no other case of the class has the name.
    var name: String
    var seconds: Double
    var outcome = Outcome.passed

    /// The lines of its element.
    var lines: [String] {
        let head =
            "    <testcase classname=\"\(XMLText.attribute(className))\" name=\"\(XMLText.attribute(name))\" "
            + "time=\"\(Self.time(seconds))\""
        let inner: String
        switch outcome {
        case .passed: return [head + "/>"]
        case .failure(let kind, let message, let text): inner = Self.element("failure", kind, message, text)
        case .error(let kind, let message, let text): inner = Self.element("error", kind, message, text)
        case .skipped(let message): inner = "<skipped message=\"\(XMLText.attribute(message))\"/>"
        }
        return [head + ">", "      " + inner, "    </testcase>"]
    }

    private static func element(_ name: String, _ kind: String, _ message: String, _ text: String) -> String {
        "<\(name) message=\"\(XMLText.attribute(message))\" type=\"\(XMLText.attribute(kind))\">"
            + "\(XMLText.content(text))</\(name)>"
    }

    /// Seconds with three decimals.
    static func time(_ seconds: Double) -> String {
        let thousandths = wholeNumber(seconds, of: 1000)
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
