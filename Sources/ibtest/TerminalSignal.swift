import Glibc
import UBoot

/// Ctrl-C at the terminal while a command runs.
enum TerminalSignal {
    /// What the handler tells.
    static let interruption = Interruption()

    /// From here on Ctrl-C asks instead of ending the program; a read that waits for the terminal ends.
    static func catchInterrupts() {
        interruption.clear()
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in TerminalSignal.interruption.ask() }
        unsafe sigaction(SIGINT, &action, nil)
    }
}
