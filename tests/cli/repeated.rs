//! Searches that end by a number of steps, by the clock and by a signal, and how each is repeated.

use std::process::Command;

use super::{Town, code, data, score, told};

#[test]
fn steps_and_seed_decide_every_byte_on_any_number_of_threads() {
    let town = Town::new();
    let solve = |seed: &str, threads: &str| {
        let output = town.run(&["solve", "problem.toml", "--steps", "200000", "--seed", seed, "--threads", threads]);
        assert_eq!(code(&output), 0, "{}", told(&output));
        data(&output).to_owned()
    };
    let first = solve("7", "1");
    for threads in ["1", "2", "3", "8"] {
        assert_eq!(solve("7", threads), first, "{threads} threads");
    }
    assert_ne!(solve("8", "1"), first, "another seed is told in the plan, at least");
}

/// The command that repeats the search, as the summary gives it, without the program's name and the output file.
fn command_again(told: &str) -> Vec<String> {
    let (_, after) = told.split_once("The same plan again:").expect("it says how");
    let words = after.split_whitespace().skip(1).map(str::to_owned);
    words.take_while(|word| word != "-o").collect()
}

#[test]
fn a_timed_solve_is_repeated_byte_for_byte_by_the_command_that_it_tells() {
    let town = Town::new();
    let timed = town.run(&["solve", "problem.toml", "--time", "300ms"]);
    assert_eq!(code(&timed), 0, "{}", told(&timed));
    let plan: toml::Table = data(&timed).parse().unwrap();
    let again = command_again(&told(&timed));
    let schedule = plan["search"]["schedule"].as_str().expect("a schedule is written");
    assert!(again.windows(2).any(|pair| pair == ["--schedule", schedule]), "{again:?}");
    let again: Vec<&str> = again.iter().map(String::as_str).collect();
    assert_eq!(data(&town.run(&again)), data(&timed));
}

#[test]
fn a_number_of_steps_is_a_number_of_steps_and_a_schedule_needs_one() {
    let town = Town::new();
    for steps in ["58000", "58001", "99999"] {
        let plan: toml::Table = data(&town.run(&["solve", "problem.toml", "--steps", steps])).parse().unwrap();
        assert_eq!(plan["search"]["steps"].as_integer().unwrap().to_string(), steps);
        assert!(!plan["search"].as_table().unwrap().contains_key("schedule"));
    }
    let alone = town.run(&["solve", "problem.toml", "--schedule", "pilots=1,horizon=8,stretch=100:100,effort=1"]);
    assert_eq!(code(&alone), 2);
    let wrong = town.run(&["solve", "problem.toml", "--steps", "8", "--schedule", "8040000"]);
    assert!(code(&wrong) == 2 && told(&wrong).contains("copy the one in the plan"), "{}", told(&wrong));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_search_and_the_plan_is_written() {
    use std::io::{BufRead, BufReader, Read};
    for signal in ["-INT", "-TERM"] {
        let town = Town::new();
        let mut child = town
            .command(&["solve", "problem.toml", "--time", "10m", "-o", "new.toml"])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("steps") {
            line.clear();
            assert_ne!(told.read_line(&mut line).unwrap(), 0, "the search ended before it told of its progress");
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let mut rest = String::new();
        told.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(5), "{rest}");
        assert!(rest.contains("stopped by a signal"), "{rest}");
        assert_eq!(score(&town, "new.toml").0, 0);
    }
}
