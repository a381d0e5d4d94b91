/// The command `date`.
///
/// Divergence: the clock of a fresh machine stands at the start of the year 2000, so that runs are the same every day.
enum ClockCommand {
    static let all: [CommandDefinition] = [
        CommandDefinition(
            "date", maximumArguments: 2, summary: "get/set/reset date & time",
            usage: """
                [MMDDhhmm[[CC]YY][.ss]]
                date reset
                  - without arguments: print date & time
                  - with numeric argument: set the system date & time
                  - with 'reset' argument: reset the RTC
                """,
            body: { call, machine in run(call, &machine) })
    ]

    private static let start: Int64 = 946_684_800

    private static func run(_ call: CommandCall, _ machine: inout Machine) -> CommandStatus {
        guard !machine.description.hardware.clocks.isEmpty else {
            machine.print("Cannot find RTC: err=-19\n")
            return .failure
        }
        if let word = call[1] {
            if word == "reset" {
                machine.print("Reset RTC...\n")
                set(start, &machine)
            } else {
                guard let date = Date(word, year: Date(seconds: seconds(machine)).year) else {
                    machine.print("## Bad date format\n")
                    return .success
                }
                set(date.seconds, &machine)
            }
            machine.recordEffect(on: "rtc", "set by \(word.display)", call)
        }
        machine.print(Date(seconds: seconds(machine)).text)
        return .success
    }

    private static func seconds(_ machine: Machine) -> Int64 {
        (machine.hardware.clockStart ?? start) &+ Int64(clamping: machine.clock / 1000)
    }

    private static func set(_ seconds: Int64, _ machine: inout Machine) {
        machine.hardware.clockStart = seconds &- Int64(clamping: machine.clock / 1000)
    }
}

/// A date of the Gregorian calendar with its time.
private struct Date {
    var year: Int64
    var month: Int64
    var day: Int64
    var hour: Int64
    var minute: Int64
    var second: Int64

    /// From seconds since 1970.
    init(seconds: Int64) {
        let days = (seconds - (seconds % 86400 + 86400) % 86400) / 86400
        let rest = seconds - days * 86400
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        // Years begin in March here, so that the day that some have more is the last one.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `MMDDhhmm[[CC]YY][.ss]`; nil for anything else.
    init?(_ word: ByteString, year: Int64) {
        let parts = word.bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.first.map(Array.init) ?? []
        guard [8, 10, 12].contains(digits.count), parts.joined().allSatisfy(CharacterClass.isDigit) else { return nil }
        func pair(_ index: Int) -> Int64 { Int64(digits[index] - 48) * 10 + Int64(digits[index + 1] - 48) }
        (month, day, hour, minute) = (pair(0), pair(2), pair(4), pair(6))
        switch digits.count {
        case 12: self.year = pair(8) * 100 + pair(10)
        case 10: self.year = year / 100 * 100 + pair(8)
        default: self.year = year
        }
        second = 0
        if parts.count > 1 {
            guard parts[1].count == 2 else { return nil }
            second = Int64(Numbers.decimal(ByteString(parts[1])))
        }
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else { return nil }
    }

    /// Since 1970.
    var seconds: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86400 + hour * 3600 + minute * 60 + second
    }

    /// As `date` prints it.
    var text: ByteString {
        let names = ["Thurs", "Fri", "Satur", "Sun", "Mon", "Tues", "Wednes"]
        let days = (seconds - (seconds % 86400 + 86400) % 86400) / 86400
        let name = names[Int((days % 7 + 7) % 7)]
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hours = hour < 10 ? " \(hour)" : "\(hour)"
        return "Date: \(year)-\(two(month))-\(two(day)) (\(name)day)    Time: \(hours):\(two(minute)):\(two(second))\n"
    }
}
