#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_default_handlers(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        if (number != SIGKILL && number != SIGSTOP)
            sigaction(number, &action, NULL);
    }
}

/* What the child does up to the new program; returns only on failure, with errno set. */
static void become(const struct csystem_spawn *request, pid_t parent)
{
    set_default_handlers();
    if (setsid() < 0)
        return;
    for (int number = 0; number < 3; number++) {
        if (dup2(request->standard[number], number) < 0)
            return;
    }
    if (request->directory && chdir(request->directory) < 0)
        return;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        return;
    /* The parent may have died before the signal was asked for. */
    if (getppid() != parent) {
        errno = ESRCH;
        return;
    }
    if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) < 0)
        return;
    for (int index = 0; index < request->kept_count; index++) {
        if (fcntl(request->kept[index], F_SETFD, 0) < 0)
            return;
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->path, request->arguments, request->environment);
}

int csystem_start(const struct csystem_spawn *request, pid_t *process, int *descriptor)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    pid_t parent = getpid();
    /* The child has this memory until it is another program, so that it can leave its error here. */
    volatile int problem = 0;
    pid_t child = vfork();
    if (child == 0) {
        become(request, parent);
        problem = errno ? errno : EINVAL;
        _exit(127);
    }
    int fork_problem = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (child < 0)
        return fork_problem;
    if (problem) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
        return problem;
    }
    int opened = (int)syscall(SYS_pidfd_open, child, 0);
    if (opened < 0) {
        problem = errno;
        kill(-child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
        return problem;
    }
    *process = child;
    *descriptor = opened;
    return 0;
}

int csystem_reap(int descriptor, int waits, int *code, int *status)
{
    siginfo_t info = {0};
    int result;
    do
        result = waitid(P_PIDFD, (id_t)descriptor, &info, WEXITED | (waits ? 0 : WNOHANG));
    while (result < 0 && errno == EINTR);
    if (result < 0)
        return -errno;
    if (info.si_pid == 0)
        return 0;
    *code = info.si_code;
    *status = info.si_status;
    return 1;
}

int csystem_is_stopped(int descriptor)
{
    siginfo_t info = {0};
    return waitid(P_PIDFD, (id_t)descriptor, &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}
