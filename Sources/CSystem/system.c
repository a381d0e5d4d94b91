#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t signal_descriptor = -1;
static volatile sig_atomic_t signal_count = 0;

static void tell(int number)
{
    int kept = errno;
    signal_count = signal_count + 1;
    unsigned char byte = (unsigned char)number;
    if (signal_descriptor >= 0 && write(signal_descriptor, &byte, 1) < 0) {
        /* The pipe is full: it has been told often enough. */
    }
    errno = kept;
}

void csystem_signals_to(int descriptor)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = descriptor < 0 ? SIG_DFL : tell, .sa_flags = SA_RESTART};
    signal_descriptor = descriptor;
    for (unsigned index = 0; index < sizeof numbers / sizeof *numbers; index++)
        sigaction(numbers[index], &action, NULL);
}

int csystem_signal_count(void)
{
    return signal_count;
}

int csystem_socket_pair(int pair[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ? errno : 0;
}

int csystem_pipe(int pair[2])
{
    return pipe2(pair, O_CLOEXEC) < 0 ? errno : 0;
}

long long csystem_processor_time(void)
{
    struct timespec time;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) < 0)
        return 0;
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

long long csystem_largest_size(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) < 0 ? 0 : usage.ru_maxrss * 1024LL;
}

long csystem_find(const void *text, size_t text_size, const void *wanted, size_t wanted_size)
{
    const char *found = memmem(text, text_size, wanted, wanted_size);
    return found ? found - (const char *)text : -1;
}
