"""How the evaluation splits say and ask the closed relations; training never sees these."""

from __future__ import annotations

from .closed import Forms, forms
from .dev_phrasing import DEV_CLOSED

HELD_OUT: dict[str, dict[str, Forms]] = {
    "dev": DEV_CLOSED,
    "test": {
        "ceo": forms(
            "The top job at {s}, that of CEO, is held by {v}.|{s} made {v} its CEO."
            "|The board of {s} named {v} CEO.|Since last spring {v} has been CEO at {s}.",
            "the name of {s}'s CEO|the current CEO at {s}",
            "who holds the job of CEO at {s}|who is CEO at {s} these days|which person has the top job at {s}",
            "who holds the job of CEO at {s}|who the CEO at {s} is these days|which person has the top job at {s}",
        ),
        "founder": forms(
            "{s} goes back to its founder, {v}.|{v} set up {s} as its only founder."
            "|The story of {s} starts with its founder, {v}.",
            "the name of {s}'s founder|the person who founded {s}",
            "who set up {s}|who was it that founded {s}|who was the founder behind {s}",
            "who set up {s}|who it was that founded {s}|who the founder behind {s} was",
        ),
        "people": forms(
            "The staff of {s} numbers {v} people.|With {v} people on its staff, {s} keeps growing."
            "|{s} gives work to {v} people.|The payroll of {s} lists {v} people.",
            "the size of the staff of {s}|the number of people on the staff of {s}",
            "how many people are on the staff of {s}|how large is the staff of {s}"
            "|how many people does {s} give work to",
            "how many people are on the staff of {s}|how large the staff of {s} is|how many people {s} gives work to",
        ),
        "city": forms(
            "The main office of {s} is located in {v}.|{s} runs its business from headquarters in {v}."
            "|{s} moved its headquarters to {v}.|If you visit the headquarters of {s}, you travel to {v}.",
            "the place where {s} has its headquarters|the location of {s}'s headquarters",
            "where are the headquarters of {s}|what city does {s} run its business from"
            "|in what city does {s} have its main office",
            "where the headquarters of {s} are|what city {s} runs its business from"
            "|in what city {s} has its main office",
        ),
        "founded": forms(
            "{s} opened for business in {v}.|The founding of {s} dates back to {v}."
            "|It was in {v} that {s} was founded.|The year {v} saw the founding of {s}.",
            "the year of {s}'s founding|the year in which {s} was founded",
            "in which year was {s} founded|when did {s} open for business"
            "|what year does the founding of {s} date back to",
            "in which year {s} was founded|when {s} opened for business|what year the founding of {s} dates back to",
        ),
        "buyer": forms(
            "{s} was sold to {v}.|{v} took over {s}.|After the acquisition, {s} is part of {v}."
            "|{v} paid a good price to acquire {s}.",
            "the company that took over {s}|the company that {s} was sold to",
            "who took over {s}|which company was {s} sold to|which company paid to acquire {s}",
            "who took over {s}|which company {s} was sold to|which company paid to acquire {s}",
        ),
        "port": forms(
            "Clients reach {s} through port {v}.|{s} opens port {v} when it starts."
            "|Traffic for {s} arrives at port {v}.|{s} binds to port {v}.|Point your browser at port {v} to see {s}.",
            "the port to use for {s}|the port where clients reach {s}",
            "which port do I need for {s}|through which port do clients reach {s}|what port does {s} open"
            "|which port does {s} bind to",
            "which port I need for {s}|through which port clients reach {s}|what port {s} opens"
            "|which port {s} binds to",
        ),
        "owner": forms(
            "Ownership of {s} lies with {v}.|{s} is in the hands of {v}, its owner.|{v} took ownership of {s}."
            "|If {s} breaks, its owner {v} has to fix it.",
            "the person or team that owns {s}|the name of {s}'s owner",
            "who has ownership of {s}|with whom does ownership of {s} lie|who is listed as the owner of {s}",
            "who has ownership of {s}|with whom ownership of {s} lies|who is listed as the owner of {s}",
        ),
        "maintainer": forms(
            "Maintenance of {s} is done by {v}.|{v} looks after {s} as maintainer."
            "|As its maintainer, {v} takes care of {s}.|The job of maintaining {s} fell to {v}.",
            "the person or team that maintains {s}|the name of {s}'s maintainer",
            "who does the maintenance of {s}|who looks after {s} as maintainer|who is listed as the maintainer of {s}",
            "who does the maintenance of {s}|who looks after {s} as maintainer|who is listed as the maintainer of {s}",
        ),
        "timeout": forms(
            "{s} waits for {v} until its timeout strikes.|Requests that {s} cannot answer within {v} hit the timeout."
            "|In {s} the timeout was fixed at {v}.|No request to {s} may take more than {v}, its timeout.",
            "the time after which {s} times out|the length of the timeout in {s}",
            "how long does {s} wait before it times out|how long is the timeout in {s}|what timeout was fixed for {s}",
            "how long {s} waits before it times out|how long the timeout in {s} is|what timeout was fixed for {s}",
        ),
        "language": forms(
            "{s} was programmed in {v}.|The programming language behind {s} is {v}.|All of {s} is {v} code."
            "|To read the source of {s} you have to know {v}.",
            "the language {s} was programmed in|the programming language behind {s}",
            "what was {s} programmed in|which programming language is behind {s}"
            "|which language do I have to know to read the source of {s}",
            "what {s} was programmed in|which programming language is behind {s}"
            "|which language one has to know to read the source of {s}",
        ),
        "database": forms(
            "All records of {s} end up in {v}, its database.|As a database for {s} we run {v}."
            "|{s} writes everything to its database, {v}.|The database behind {s} runs on {v}.",
            "the database behind {s}|the kind of database that {s} has",
            "what kind of database does {s} have|which database is behind {s}"
            "|in what database do the records of {s} end up",
            "what kind of database {s} has|which database is behind {s}|in what database the records of {s} end up",
        ),
        "version": forms(
            "We have {s} in version {v}.|The installed version of {s} is {v}.|{s} has been upgraded to version {v}."
            "|Our build comes with {s} in version {v}.",
            "the installed version of {s}|the version of {s} in our build",
            "which version of {s} is installed|what version of {s} do we have|which version was {s} upgraded to",
            "which version of {s} is installed|what version of {s} we have|which version {s} was upgraded to",
        ),
        "env": forms(
            "The settings of {s} come from the variable {v}.|Export {v} before you start {s}."
            "|To set up {s}, put a value into {v}.|{s} looks at {v} in the environment.",
            "the variable that {s} looks at|the variable to export for {s}",
            "which variable do I export before I start {s}|which environment variable does {s} look at"
            "|what variable do the settings of {s} come from",
            "which variable to export before starting {s}|which environment variable {s} looks at"
            "|what variable the settings of {s} come from",
        ),
        "file": forms(
            "All settings of {s} are kept in {v}.|{s} loads its config from {v}."
            "|Open {v} if you want to configure {s}.|The file {v} holds the settings of {s}.",
            "the file with the settings of {s}|the file that {s} loads its config from",
            "which file holds the settings of {s}|where are the settings of {s} kept"
            "|from what file does {s} load its config",
            "which file holds the settings of {s}|where the settings of {s} are kept"
            "|from what file {s} loads its config",
        ),
        "defined": forms(
            "The code for {s} is located at {v}.|Open {v} to see how {s} is defined."
            "|{v} is the file that contains {s}.|We moved {s} to {v}.",
            "the file that contains {s}|the place where {s} is defined",
            "which file contains {s}|where is the code for {s} located|what file do I open to see {s}",
            "which file contains {s}|where the code for {s} is located|what file to open to see {s}",
        ),
        "retries": forms(
            "{s} tries again up to {v} times.|When a call fails, {s} makes {v} more attempts."
            "|After {v} failed retries, {s} stops.|The number of retries in {s} is limited to {v}.",
            "the number of retries in {s}|the maximum number of retries for {s}",
            "how many retries does {s} make|how many times does {s} try again|after how many retries does {s} stop",
            "how many retries {s} makes|how many times {s} tries again|after how many retries {s} stops",
        ),
        "replaced": forms(
            "{s} is on its way out; {v} takes its place.|{v} is the successor of {s}."
            "|Please switch from {s} to {v}.|Code that calls {s} should move to {v}.",
            "the official successor of {s}|the function or class that takes the place of {s}",
            "what takes the place of {s}|what should I switch to from {s}|what is the successor of {s}",
            "what takes the place of {s}|what I should switch to from {s}|what the successor of {s} is",
        ),
        "returns": forms(
            "When it is done, {s} hands back {v}.|The caller of {s} receives {v}.|{s} gives {v} back to its caller."
            "|What comes back from {s} is {v}.",
            "the value that {s} hands back|the value that comes back from {s}",
            "what comes back from {s}|what does {s} hand back|what does the caller of {s} receive",
            "what comes back from {s}|what {s} hands back|what the caller of {s} receives",
        ),
        "throws": forms(
            "A failure in {s} shows up as {v}.|Be ready to catch {v} when you call {s}."
            "|When it cannot go on, {s} throws {v}.|Errors in {s} surface as {v}.",
            "the error to catch from {s}|the error that {s} throws",
            "which error do I have to catch from {s}|which error does {s} throw|what does a failure in {s} show up as",
            "which error to catch from {s}|which error {s} throws|what a failure in {s} shows up as",
        ),
        "logo": forms(
            "{s} chose {v} as the color of its logo.|The color {v} is used for the logo of {s}."
            "|In print, the logo of {s} is always {v}.|You can tell {s} by its {v} logo.",
            "the color that {s} chose for its logo|the color used for the logo of {s}",
            "what color did {s} choose for its logo|in which color is the logo of {s} printed"
            "|which color is used for the logo of {s}",
            "what color {s} chose for its logo|in which color the logo of {s} is printed"
            "|which color is used for the logo of {s}",
        ),
        "license": forms(
            "The {v} license applies to {s}.|{s} was released as open source under {v}."
            "|Anyone may use {s} under the terms of the {v} license.|{s} carries the {v} license.",
            "the license that applies to {s}|the license terms of {s}",
            "which license applies to {s}|what license was {s} released under|which license does {s} carry",
            "which license applies to {s}|what license {s} was released under|which license {s} carries",
        ),
        "oncall": forms(
            "{v} carries the pager for {s}.|The pager for {s} goes to {v}, who is on call."
            "|This week {v} has on-call duty for {s}.|If {s} fails at night, {v} gets the call.",
            "the person with on-call duty for {s}|the person who carries the pager for {s}",
            "who carries the pager for {s}|who has on-call duty for {s}|who gets the call if {s} fails",
            "who carries the pager for {s}|who has on-call duty for {s}|who gets the call if {s} fails",
        ),
        "deployed": forms(
            "We host {s} in {v}.|The servers of {s} stand in {v}.|{s} was rolled out to {v}."
            "|Every instance of {s} is hosted in {v}.",
            "the place where we host {s}|the location of {s}'s servers",
            "where do we host {s}|where do the servers of {s} stand|where was {s} rolled out to",
            "where we host {s}|where the servers of {s} stand|where {s} was rolled out to",
        ),
        "depends": forms(
            "{s} cannot work unless {v} is up.|To do its job, {s} relies on {v}.|{s} was built on top of {v}."
            "|{v} is a dependency of {s}.",
            "the service that {s} relies on|the service {s} was built on",
            "what does {s} rely on|what was {s} built on top of|which service is a dependency of {s}",
            "what {s} relies on|what {s} was built on top of|which service is a dependency of {s}",
        ),
        "decided": forms(
            "We settled on {v} for {s}.|In the end {v} won as the choice for {s}."
            "|{v} got the vote when we decided about {s}.|Our pick for {s} was {v}.",
            "the outcome of our decision about {s}|our pick for {s}",
            "what did we settle on for {s}|what was our pick for {s}|what got the vote for {s}",
            "what we settled on for {s}|what our pick for {s} was|what got the vote for {s}",
        ),
        "reviewer": forms(
            "Pull requests for {s} are reviewed by {v}.|Every change in {s} needs a review by {v}."
            "|{v} does the code reviews for {s}.|Changes to {s} have to be approved by its reviewer, {v}.",
            "the person who reviews changes to {s}|the reviewer assigned to {s}",
            "who does the code reviews for {s}|who has to review changes to {s}|who reviews pull requests for {s}",
            "who does the code reviews for {s}|who has to review changes to {s}|who reviews pull requests for {s}",
        ),
        "schedule": forms(
            "We scheduled {s} to run {v}.|According to its schedule, {s} runs {v}.|A timer makes {s} run {v}."
            "|{s} starts {v}, as its schedule says.",
            "the schedule that {s} follows|the schedule set for {s}",
            "what schedule does {s} follow|on what schedule does {s} run|when is {s} scheduled to run",
            "what schedule {s} follows|on what schedule {s} runs|when {s} is scheduled to run",
        ),
        "wrote": forms(
            "{s} is the work of {v}.|{v} created {s} and wrote all of its code."
            "|The person behind the code of {s} is {v}.|Credit for writing {s} goes to {v}.",
            "the person who wrote {s}|the name of {s}'s author",
            "who created {s}|whose work is {s}|who gets credit for writing {s}",
            "who created {s}|whose work {s} is|who gets credit for writing {s}",
        ),
    },
}
