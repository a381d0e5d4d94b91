internal import CEdit
internal import Glibc
internal import SharedLibrary

/// The functions and variables of libedit, found when they are first needed.
///
/// The library is not linked, so that whoever edits no line does not load it.
@safe
struct EditLibrary: @unchecked Sendable {
    typealias Completer =
        @convention(c) (UnsafePointer<CChar>?, CInt, CInt) -> UnsafeMutablePointer<
            UnsafeMutablePointer<CChar>?
        >?
    typealias KeyFunction = @convention(c) (CInt, CInt) -> CInt
    private typealias ReadLine = @convention(c) (UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>?
    private typealias TakeText = @convention(c) (UnsafePointer<CChar>?) -> CInt
    private typealias AddFunction = @convention(c) (UnsafePointer<CChar>?, KeyFunction?, CInt) -> CInt
    private typealias Initialize = @convention(c) () -> CInt
    private typealias TakeNumber = @convention(c) (CInt) -> Void

    private let readLineFunction: ReadLine
    private let addHistoryFunction: TakeText
    private let addFunction: AddFunction
    private let initializeFunction: Initialize
    private let stifleFunction: TakeNumber
    private let lineBuffer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let done: UnsafeMutablePointer<CInt>
    private let completer: UnsafeMutablePointer<Completer?>
    private let completionIsOver: UnsafeMutablePointer<CInt>
    private let appended: UnsafeMutablePointer<CInt>
    private let breakCharacters: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// The library of Debian 12 and 13; nil where it is not installed.
    static let shared = EditLibrary(file: "libedit.so.2")

    private init?(file: String) {
        guard let library = SharedLibrary(file) else { return nil }
        func symbol(_ name: String) -> UnsafeMutableRawPointer? { unsafe library.function(name) }
        guard let readLine = unsafe symbol("readline"), let addHistory = unsafe symbol("add_history"),
            let add = unsafe symbol("rl_add_defun"),
            let initialize = unsafe symbol("rl_initialize"), let stifle = unsafe symbol("stifle_history"),
            let buffer = unsafe symbol("rl_line_buffer"), let done = unsafe symbol("rl_done"),
            let completer = unsafe symbol("rl_attempted_completion_function"),
            let over = unsafe symbol("rl_attempted_completion_over"),
            let appended = unsafe symbol("rl_completion_append_character"),
            let breaks = unsafe symbol("rl_basic_word_break_characters")
        else { return nil }
        unsafe readLineFunction = unsafeBitCast(readLine, to: ReadLine.self)
        unsafe addHistoryFunction = unsafeBitCast(addHistory, to: TakeText.self)
        unsafe addFunction = unsafeBitCast(add, to: AddFunction.self)
        unsafe initializeFunction = unsafeBitCast(initialize, to: Initialize.self)
        unsafe stifleFunction = unsafeBitCast(stifle, to: TakeNumber.self)
        unsafe lineBuffer = buffer.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
        unsafe self.done = done.assumingMemoryBound(to: CInt.self)
        unsafe self.completer = completer.assumingMemoryBound(to: Completer?.self)
        unsafe completionIsOver = over.assumingMemoryBound(to: CInt.self)
        unsafe self.appended = appended.assumingMemoryBound(to: CInt.self)
        unsafe breakCharacters = breaks.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
    }

    /// Sets the editor up for the terminal on standard input and output; false if it does not take it.
    func start(historyLimit: Int, separators: String, completer: Completer, onInterrupt: KeyFunction) -> Bool {
        guard initializeFunction() == 0 else { return false }
        stifleFunction(CInt(clamping: historyLimit))
        unsafe self.completer.pointee = completer
        // Lives as long as the process.
        unsafe breakCharacters.pointee = strdup(separators)
        unsafe _ = addFunction("ibtest-interrupt", onInterrupt, 3)
        return true
    }

    /// Lets the user edit a line; nil at the end of the input, and where the key function ended it.
    func readLine(prompt: [UInt8]) -> [UInt8]? {
        let text = prompt.map { CChar(bitPattern: $0) } + [0]
        guard let line = unsafe readLineFunction(text) else { return nil }
        defer { unsafe free(line) }
        return unsafe UnsafeBufferPointer(start: line, count: strlen(line)).map { UInt8(bitPattern: $0) }
    }

    /// Adds a line that the arrow keys go back to.
    func remember(_ line: [UInt8]) {
        unsafe _ = addHistoryFunction(line.map { CChar(bitPattern: $0) } + [0])
    }

    /// Ends the line that is being edited.
    func endLine() { unsafe done.pointee = 1 }

    /// The line that is being edited.
    var line: [UInt8] {
        guard let line = unsafe lineBuffer.pointee else { return [] }
        return unsafe UnsafeBufferPointer(start: line, count: strlen(line)).map { UInt8(bitPattern: $0) }
    }

    /// Says that there is nothing else to complete with, and what stands behind a whole word.
    func answerCompletion(append character: UInt8?) {
        unsafe completionIsOver.pointee = 1
        unsafe appended.pointee = CInt(character ?? 0)
    }
}
