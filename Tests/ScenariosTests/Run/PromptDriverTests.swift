import Foundation
import Testing

@testable import Scenarios

struct PromptDriverTests {
    /// In time that grows with the text, not with its square: 16 times the text takes 16 times as long, not 256 times.
    @Test(arguments: ["", "autoboot: x"])
    func noiseIsReadOnce(_ start: String) {
        func threadTime() -> UInt64 {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        }
        /// The best of some runs.
        func nanoseconds(_ count: Int) -> UInt64 {
            let noise = Array(start.utf8) + [UInt8](repeating: 0xff, count: count)
            let runs = (0..<5).map { _ in
                var driver = PromptDriver(["dhcp"])
                let begin = threadTime()
                _ = driver.take(noise)
                #expect(!driver.isDone)
                return threadTime() - begin
            }
            return runs.min() ?? 0
        }
        #expect(nanoseconds(1 << 14) < 64 * nanoseconds(1 << 10))
    }

    /// U-Boot's side: echoes what is typed, and answers lines.
    private func converse(_ lines: [String], damage: Int = 0) -> (driver: PromptDriver, entered: [String]) {
        var driver = PromptDriver(lines)
        var entered: [String] = []
        var line: [UInt8] = []
        var damaged = 0
        var typed = driver.take(Array("U-Boot 2023.01\r\nHit any key to stop autoboot:  2 ".utf8))
        var output: [UInt8] = []
        var rounds = 0
        while !typed.isEmpty, rounds < 100 {
            rounds += 1
            output = []
            for byte in typed {
                switch byte {
                case 0x20 where line.isEmpty && entered.isEmpty && rounds == 1: output += Array("\n=> ".utf8)
                case 0x03:
                    line = []
                    output += Array("<INTERRUPT>\n=> ".utf8)
                case 0x0d:
                    entered.append(String(decoding: line, as: UTF8.self))
                    line = []
                    output += Array("\ndone\n=> ".utf8)
                default:
                    line.append(byte)
                    output.append(byte == UInt8(ascii: "h") && damaged < damage ? 0x3f : byte)
                    if byte == UInt8(ascii: "h") { damaged += 1 }
                }
            }
            typed = output.flatMap { driver.take([$0]) }
        }
        return (driver, entered)
    }

    @Test func linesAreTypedOneAfterTheOther() {
        let (driver, entered) = converse(["dhcp", "source 0x40000000"])
        #expect(entered == ["dhcp", "source 0x40000000"])
        #expect(driver.isDone)
        #expect(driver.retypedCount == 0)
    }

    @Test func damagedLineIsTypedAgain() {
        let (driver, entered) = converse(["dhcp"], damage: 2)
        #expect(entered == ["dhcp"])
        #expect(driver.retypedCount == 2)
        #expect(driver.failedLine == nil)
    }

    @Test func lineThatIsAlwaysDamagedIsNeverEntered() {
        let (driver, entered) = converse(["dhcp"], damage: 1000)
        #expect(entered == [])
        #expect(driver.failedLine == "dhcp")
    }

    @Test func promptAfterTheLastLineIsTold() {
        let (driver, _) = converse(["dhcp"])
        #expect(driver.isBack)
    }

    @Test func promptInsideALineIsNone() {
        var driver = PromptDriver(["a"])
        #expect(driver.take(Array("autoboot: ".utf8)) == [0x20])
        #expect(driver.take(Array("crc32 ... ==> ".utf8)) == [])
        #expect(driver.take(Array("\n=> ".utf8)) == Array("a".utf8))
    }
}
